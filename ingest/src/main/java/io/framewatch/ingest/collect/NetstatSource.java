package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// `/proc/net/netstat` and `/proc/net/snmp`, where a line of names precedes a line of numbers;
/// `/proc/net/snmp6`; `/proc/net/sockstat`.
final class NetstatSource implements HostSource {

    private static final Pattern KEPT =
            Pattern.compile(
                    "(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)"
                            + "|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans"
                            + "|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)|Tcp_(ActiveOpens|InSegs|OutSegs"
                            + "|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|Udp6?_(InDatagrams"
                            + "|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))");
    private static final double PAGE_BYTES = 4096;

    private final Path folder;

    NetstatSource(Path proc) {
        this.folder = proc.resolve("net");
    }

    @Override
    public String name() {
        return "netstat";
    }

    @Override
    public void read(HostReading into) throws IOException {
        pairs(KernelFile.lines(folder.resolve("netstat")), into);
        pairs(KernelFile.lines(folder.resolve("snmp")), into);
        if (Files.isReadable(folder.resolve("snmp6"))) {
            for (String line : KernelFile.lines(folder.resolve("snmp6"))) {
                version6(KernelFile.words(line), into);
            }
        }
        for (String line : KernelFile.lines(folder.resolve("sockstat"))) {
            sockets(line, into);
        }
    }

    private static void pairs(List<String> lines, HostReading into) throws IOException {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = KernelFile.words(lines.get(i));
            String[] numbers = KernelFile.words(lines.get(i + 1));
            String protocol = names[0].replace(":", "");
            for (int j = 1; j < names.length && j < numbers.length; j++) {
                keep(protocol + "_" + names[j], numbers[j], into);
            }
        }
    }

    private static void version6(String[] words, HostReading into) throws IOException {
        int six = words[0].indexOf('6');
        if (words.length == 2 && six > 0) {
            String name = words[0].substring(0, six + 1) + "_" + words[0].substring(six + 1);
            keep(name, words[1], into);
        }
    }

    private static void keep(String name, String number, HostReading into) throws IOException {
        if (KEPT.matcher(name).matches()) {
            into.untyped("node_netstat_" + name, KernelFile.number(number));
        }
    }

    private static void sockets(String line, HostReading into) throws IOException {
        String[] words = KernelFile.words(line);
        String protocol = words[0].replace(":", "");
        for (int i = 1; i + 1 < words.length; i += 2) {
            double value = KernelFile.number(words[i + 1]);
            into.gauge("node_sockstat_" + protocol + "_" + words[i], value);
            if (words[i].equals("mem")) {
                into.gauge("node_sockstat_" + protocol + "_mem_bytes", value * PAGE_BYTES);
            }
        }
    }
}
