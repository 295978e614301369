package io.framewatch.video.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/// Starts two children, one of which is stopped, prints their process ids and waits for its end.
/// Run by [ChildrenTest].
final class ChildrenTestProgram {

    private ChildrenTestProgram() {}

    public static void main(String[] args) throws Exception {
        Children children = new Children(Boolean.parseBoolean(args[0]));
        Process first = children.start(new ProcessBuilder("sleep", "600"));
        Process second = children.start(new ProcessBuilder("sleep", "600"));
        while (!ProcessState.of(second.pid()).isStopped()) {
            ProcessSignal.STOP.send(second.pid());
        }
        System.out.println("children " + first.pid() + " " + second.pid());
        if (System.in.read() < 0 && args[1].equals("OOM")) {
            List<long[]> memory = new ArrayList<>();
            while (memory.size() < Integer.MAX_VALUE) {
                memory.add(new long[1 << 20]);
            }
        }
    }
}
