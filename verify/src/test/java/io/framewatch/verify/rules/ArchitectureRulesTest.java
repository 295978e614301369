package io.framewatch.verify.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Arrows point one way: a module uses only modules above it in the parent POM, and packages form
/// no cycles.
final class ArchitectureRulesTest {

    private static JavaClasses classes = new ClassFileImporter().importClasses(List.of());

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.framewatch");
        assertThat(classes.size()).isGreaterThan(10);
    }

    @Test
    void modulesUseOnlyModulesAboveThem() {
        List<String> modules = Repository.modules();
        for (int i = 0; i < modules.size(); i++) {
            for (String below : modules.subList(i + 1, modules.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("io.framewatch." + modules.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.framewatch." + below + "..")
                        .allowEmptyShould(true)
                        .check(classes);
            }
        }
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.framewatch.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theModelDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage("io.framewatch.model..", "io.framewatch.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.net.http..")
                .check(classes);
    }

    @Test
    void productionKnowsNoTestKit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.framewatch.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.framewatch.testkit..")
                .check(classes);
    }
}
