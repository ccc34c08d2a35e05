package dev.lambdaconfig.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.lambdaconfig.architecture.MainClasses.BASE;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.lambdaconfig.timing.WaitingThreads;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The libraries that each package may use. */
final class LibraryUseTest {

  /** The methods of the JDK that make virtual threads. */
  private static final Set<String> VIRTUAL_THREADS =
      Set.of("ofVirtual", "startVirtualThread", "newVirtualThreadPerTaskExecutor");

  @Test
  void nobodySleeps() {
    MainClasses.check(
        noClasses()
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "sleep",
                    call ->
                        call.getName().equals("sleep")
                            && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                .contains(call.getTargetOwner().getName()))));
  }

  /** Before Java 24 they wait for each other for ever. */
  @Test
  void nobodyMakesVirtualThreadsButWhereTheseCanWait() {
    MainClasses.check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(WaitingThreads.class.getName())
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "a virtual thread", access -> VIRTUAL_THREADS.contains(access.getName()))));
  }

  @Test
  void onlyTheAdapterTouchesTheAwsSdk() {
    MainClasses.check(
        noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "aws.sdk..", BASE + "cli.run..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.."));
  }

  @Test
  void theCommandLineMakesClientsButNoCalls() {
    MainClasses.check(
        noClasses()
            .that()
            .resideInAPackage(BASE + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.."));
  }

  @Test
  void onlyTheShellTouchesKubernetes() {
    String[] kubernetes = {"io.fabric8..", "io.javaoperatorsdk.."};
    MainClasses.check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                BASE + "api..",
                BASE + "kube..",
                BASE + "values..",
                BASE + "controller..",
                BASE + "cli.cluster..",
                BASE + "cli.explain..",
                BASE + "cli.export",
                BASE + "cli.export.unmanaged..",
                BASE + "cli.manifest..",
                BASE + "cli.plan",
                BASE + "cli.plan.source..",
                BASE + "cli.preflight..",
                BASE + "cli.run..",
                BASE + "cli.status",
                BASE + "cli.status.report",
                BASE + "ops..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(kubernetes));
  }

  @Test
  void onlyValidationTouchesCel() {
    MainClasses.check(
        noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "cli.validate.schema")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..", "com.google.."));
  }
}
