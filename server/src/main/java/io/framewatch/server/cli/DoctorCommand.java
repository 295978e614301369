package io.framewatch.server.cli;

import io.framewatch.model.FaultException;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.StoreSettings;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch doctor`: looks at what the program needs on this machine and says what mends it.
final class DoctorCommand {

    private static final String DESCRIPTION = "Looks at what the program needs on this machine.";
    private static final long MEMORY_BYTES_MIN = 256L << 20;
    private static final long DISK_BYTES_MIN = 1L << 30;

    private int wrong;

    static void declare(Subparsers verbs) {
        Run.verb(verbs, "doctor", DESCRIPTION, (_, out) -> new DoctorCommand().look(out));
    }

    private int look(PrintWriter out) {
        tell(out, true, "Java " + Runtime.version(), "");
        memory(out);
        port(out);
        disk(out);
        ffmpeg(out);
        out.flush();
        return wrong == 0 ? 0 : 1;
    }

    private void tell(PrintWriter out, boolean well, String what, String mend) {
        out.println((well ? "ok    " : "wrong ") + what);
        if (!well) {
            out.println("      -> " + mend);
            wrong++;
        }
    }

    private void memory(PrintWriter out) {
        long bytes = Runtime.getRuntime().maxMemory();
        tell(
                out,
                bytes >= MEMORY_BYTES_MIN,
                "heap of at most " + (bytes >> 20) + " MiB",
                "Give it more: FRAMEWATCH_JAVA_OPTS=-Xmx1g");
    }

    private void port(PrintWriter out) {
        ListenSettings listen = ListenSettings.DEFAULT;
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listen.host(), listen.port()));
            tell(out, true, "port " + listen.port() + " is free", "");
        } catch (IOException e) {
            String what =
                    "port " + listen.port() + " is taken; a free one will be used and printed";
            tell(out, true, what, "");
        }
    }

    private void disk(PrintWriter out) {
        Path folder = StoreSettings.DEFAULT.folder().toAbsolutePath();
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            long free = there == null ? 0 : Files.getFileStore(there).getUsableSpace();
            boolean well = free >= DISK_BYTES_MIN && Files.isWritable(there);
            String what = "data folder " + folder + ", " + (free >> 20) + " MiB free";
            tell(out, well, what, "Free space there, or set `store.folder` to another disk.");
        } catch (IOException e) {
            tell(out, false, "data folder " + folder, "Set `store.folder` to a readable disk.");
        }
    }

    private void ffmpeg(PrintWriter out) {
        try {
            FfmpegLocator.Found found = new FfmpegLocator(null, null).locate(false);
            tell(out, true, "ffmpeg " + found.version() + ", " + found.origin(), "");
        } catch (FaultException e) {
            tell(out, false, e.fault().what(), e.fault().todo());
        }
    }
}
