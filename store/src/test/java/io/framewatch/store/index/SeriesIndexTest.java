package io.framewatch.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeriesIndexTest {

    private static final String[] NAMES = {"a", "b", "c"};
    private static final String[] PATTERNS = {
        "x", "x|y", ".*", ".+", "", "[xy]", "x.*", "z|", "(x|y)z?"
    };

    /// Random selectors over random series find what trying every series finds.
    @Test
    void agreesWithTryingEverySeries() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SeriesIndex<Labels> index = new SeriesIndex<>(labels -> labels);
            List<Labels> all = new ArrayList<>();
            int series = random.nextBoolean() ? 40 : 300;
            for (int i = 0; i < series; i++) {
                Labels labels = randomLabels(random, i);
                index.add(labels);
                all.add(labels);
            }
            if (random.nextBoolean()) {
                int removed = index.removeIf(labels -> labels.get("a").equals("x"));
                assertThat(removed)
                        .isEqualTo((int) all.stream().filter(l -> l.get("a").equals("x")).count());
                all.removeIf(labels -> labels.get("a").equals("x"));
            }
            List<Matcher> matchers = randomMatchers(random);
            List<Labels> expected = all.stream().filter(l -> l.matches(matchers)).sorted().toList();
            assertThat(index.select(matchers)).as("seed %d %s", seed, matchers).isEqualTo(expected);
        }
    }

    private static Labels randomLabels(Random random, int number) {
        Labels.Builder builder = new Labels.Builder().set("n", Integer.toString(number));
        for (String name : NAMES) {
            builder.set(name, new String[] {"", "x", "y", "xz"}[random.nextInt(4)]);
        }
        return builder.build();
    }

    private static List<Matcher> randomMatchers(Random random) {
        List<Matcher> matchers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Matcher.Op op = Matcher.Op.values()[random.nextInt(4)];
            matchers.add(
                    Matcher.of(
                            op,
                            NAMES[random.nextInt(3)],
                            PATTERNS[random.nextInt(PATTERNS.length)]));
        }
        // Few numbers, so that labels are looked at rather than the long lists of the others.
        switch (random.nextInt(3)) {
            case 0 -> matchers.add(Matcher.equal("n", Integer.toString(random.nextInt(40))));
            case 1 -> matchers.add(Matcher.of(Matcher.Op.REGEX, "n", "[1-3]?7|nothing"));
            default -> {}
        }
        return matchers;
    }

    @Test
    void idsDependOnKeyTenantLabelsAndSalt() {
        SeriesIds ids = new SeriesIds(new byte[SeriesIds.KEY_BYTES]);
        Labels labels = Labels.of("a", "bc");
        long id = ids.id(Tenant.DEFAULT, labels, 0);
        assertThat(ids.id(Tenant.DEFAULT, labels, 0)).isEqualTo(id);
        assertThat(ids.id(Tenant.DEFAULT, labels, 1)).isNotEqualTo(id);
        assertThat(ids.id(new Tenant("x"), labels, 0)).isNotEqualTo(id);
        assertThat(ids.id(Tenant.DEFAULT, Labels.of("ab", "c"), 0)).isNotEqualTo(id);
        byte[] otherKey = new byte[SeriesIds.KEY_BYTES];
        otherKey[0] = 1;
        assertThat(new SeriesIds(otherKey).id(Tenant.DEFAULT, labels, 0)).isNotEqualTo(id);
    }
}
