package dev.lambdaconfig.simulator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The simulator shares no code with the operator, so that it shares no mistake about AWS. */
final class IndependenceTest {

  private static final String HERE = "dev.lambdaconfig.simulator";

  @Test
  void knowsNeitherTheOperatorNorTheSdk() {
    JavaClasses simulator = new ClassFileImporter().importPackages(HERE);

    noClasses()
        .that()
        .doNotBelongToAnyOf(SdkContractTest.class)
        .should()
        .dependOnClassesThat(
            resideInAPackage("software.amazon..")
                .or(resideInAPackage("dev.lambdaconfig..").and(resideOutsideOfPackage(HERE))))
        .check(simulator);
  }
}
