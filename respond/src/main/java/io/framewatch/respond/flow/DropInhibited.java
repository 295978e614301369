package io.framewatch.respond.flow;

import io.framewatch.model.Alert;
import io.framewatch.model.Tenant;
import io.framewatch.respond.route.InhibitRule;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Leaves out alerts that another firing alert of the tenant keeps quiet.
public final class DropInhibited implements Stage {

    private final List<InhibitRule> rules;
    private final Function<Tenant, Collection<Alert>> open;

    /// @param open the alerts open in a tenant
    public DropInhibited(List<InhibitRule> rules, Function<Tenant, Collection<Alert>> open) {
        this.rules = rules;
        this.open = open;
    }

    @Override
    public Flush apply(Flush flush) {
        if (rules.isEmpty()) {
            return flush;
        }
        Collection<Alert> sources = open.apply(flush.tenant());
        List<Alert> left =
                flush.alerts().stream().filter(alert -> !inhibited(alert, sources)).toList();
        return flush.with(left);
    }

    private boolean inhibited(Alert alert, Collection<Alert> sources) {
        return rules.stream().anyMatch(rule -> rule.inhibits(alert.labels(), sources));
    }
}
