package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery.RecordType;
import io.framewatch.ingest.discover.find.FindException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/// Asks DNS servers for records, through the Java runtime's own DNS client (UDP, and TCP where an
/// answer is cut off). Its DNS context gives texts and never makes objects of them, so what JNDI is
/// feared for cannot happen here (docs/decisions/0070-discovery.md). Thread safe.
@SuppressWarnings({"BanJNDI", "JdkObsolete"}) // JNDI takes nothing but a Hashtable
final class DnsLookup {

    private static final String TIMEOUT_MS = "2000";
    private static final String TRIES = "2";
    private final String servers;

    /// Asks `servers`, such as `dns://127.0.0.1:5300`, or those of the machine if it is empty.
    DnsLookup(String servers) {
        this.servers = servers.isEmpty() ? "dns:" : servers;
    }

    /// The data of the records as text; empty if the name has none of this type, null if there is
    /// no such name. The name ends with a dot.
    @Nullable List<String> records(String name, RecordType type) throws FindException {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, servers);
        settings.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
        settings.put("com.sun.jndi.dns.timeout.retries", TRIES);
        try {
            InitialDirContext context = new InitialDirContext(settings);
            try {
                return texts(
                        context.getAttributes(name, new String[] {type.name()}).get(type.name()));
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            return null;
        } catch (NamingException e) {
            throw new FindException(
                    "DNS gave no answer about " + name + ": " + e.getExplanation(), e);
        }
    }

    private static List<String> texts(@Nullable Attribute attribute) throws NamingException {
        List<String> texts = new ArrayList<>();
        if (attribute != null) {
            NamingEnumeration<?> values = attribute.getAll();
            while (values.hasMore()) {
                texts.add(String.valueOf(values.next()));
            }
        }
        return texts;
    }
}
