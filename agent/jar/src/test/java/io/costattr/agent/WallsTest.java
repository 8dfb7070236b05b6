package io.costattr.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The walls that the poms cannot express. */
class WallsTest {
  private static final JavaClasses AGENT = agent();

  private static JavaClasses agent() {
    Path modules = Path.of("..").toAbsolutePath().normalize();
    return new ClassFileImporter()
        .importPaths(
            modules.resolve("premain/target/classes"),
            modules.resolve("core/target/classes"),
            modules.resolve("export/target/classes"),
            modules.resolve("stores/target/classes"),
            modules.resolve("weaving/target/classes"),
            modules.resolve("advice/target/classes"),
            modules.resolve("cli/target/classes"));
  }

  @Test
  void theCoreKnowsNeitherBytecodeNorOpenTelemetryNorAnySink() {
    noClasses()
        .that()
        .resideInAPackage("io.costattr.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.objectweb.asm..",
            "io.opentelemetry..",
            "io.costattr.export..",
            "io.costattr.stores..",
            "io.costattr.weaving..",
            "io.costattr.advice..",
            "io.costattr.api..")
        .check(AGENT);
  }

  @Test
  void onlyExportSpeaksOpenTelemetryAndOnlyContextReadsTheApplications() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.costattr.export..", "io.costattr.advice.context..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(AGENT);
  }

  @Test
  void onlyTheWeaverWritesBytecode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.costattr.weaving..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.objectweb.asm..")
        .check(AGENT);
  }

  @Test
  void ofByteBuddyTheAdviceSeesTheAnnotationsAndNothingElseSeesAnything() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.costattr.advice..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(AGENT);
    noClasses()
        .that()
        .resideInAPackage("io.costattr.advice..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("net.bytebuddy..")
                .and(not(assignableTo(java.lang.annotation.Annotation.class)))
                .and(not(assignableTo(Enum.class)))
                .and(not(assignableTo(Throwable.class))))
        .check(AGENT);
  }

  @Test
  void adviceSeesTheCoreAndItsLibraryOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.costattr.advice..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.costattr.export..", "io.costattr.weaving..", "io.costattr.premain..")
        .check(AGENT);
  }

  @Test
  void onlyTheStoresSpeakToDatabasesAndTheySeeTheCoreOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.costattr.stores..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("redis.clients..", "java.sql..", "javax.sql..", "org.postgresql..")
        .check(AGENT);
    noClasses()
        .that()
        .resideInAPackage("io.costattr.stores..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.costattr.export..",
            "io.costattr.weaving..",
            "io.costattr.advice..",
            "io.costattr.cli..",
            "io.costattr.premain..")
        .check(AGENT);
  }

  @Test
  void theEntrySeesNothingOfTheAgent() {
    classes()
        .that()
        .resideInAPackage("io.costattr.premain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.costattr.premain..", "org.jspecify..")
        .check(AGENT);
  }

  @Test
  void thePackagesOfTheCoreHaveNoCycles() {
    slices().matching("io.costattr.core.(*)..").should().beFreeOfCycles().check(AGENT);
  }
}
