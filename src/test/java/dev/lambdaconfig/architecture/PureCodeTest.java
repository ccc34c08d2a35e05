package dev.lambdaconfig.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.lambdaconfig.architecture.MainClasses.BASE;

import com.tngtech.archunit.base.DescribedPredicate;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** The packages of values and decisions use no clock, no I/O and no library. */
final class PureCodeTest {

  private static final String[] PURE = {
    BASE + "model..", BASE + "text..", BASE + "plan..", BASE + "decision..", BASE + "status.."
  };

  @Test
  void pureCodeKnowsNothingButValues() {
    MainClasses.check(
        classes()
            .that()
            .resideInAnyPackage(PURE)
            .should(
                onlyDependOnClassesThat(
                    resideInAnyPackage(PURE)
                        .or(resideInAPackage(BASE + "api.."))
                        .or(resideInAPackage("org.jspecify.."))
                        .or(JdkValues.ALL))));
  }

  @Test
  void pureCodeReadsNoClockAndRollsNoDice() {
    MainClasses.check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "now() or Math.random()",
                    call ->
                        (call.getTargetOwner().getPackageName().startsWith("java.time")
                                && call.getName().equals("now"))
                            || (call.getTargetOwner().isEquivalentTo(Math.class)
                                && call.getName().equals("random")))));
  }

  @Test
  void theResourceIsDataOnly() {
    MainClasses.check(
        classes()
            .that()
            .resideInAPackage(BASE + "api..")
            .should(
                onlyDependOnClassesThat(
                    resideInAnyPackage(
                            BASE + "api..",
                            "com.fasterxml.jackson..",
                            "io.fabric8..",
                            "org.jspecify..",
                            "java.io..")
                        .or(JdkValues.ALL)
                        // By which a rolled-back operator sees what it does not know.
                        .or(type(RecordComponent.class))
                        // By which one field that cannot be read costs no other.
                        .or(type(Field.class))
                        .or(type(Modifier.class))
                        // By which the cache holds a resource as a few hundred bytes.
                        .or(type(Deflater.class))
                        .or(type(Inflater.class))
                        .or(type(DataFormatException.class))
                        .or(type(ReentrantLock.class)))));
  }
}
