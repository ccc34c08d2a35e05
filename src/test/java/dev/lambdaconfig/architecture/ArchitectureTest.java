package dev.lambdaconfig.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.lambdaconfig.architecture.MainClasses.BASE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom, and what the pure packages do without. */
final class ArchitectureTest {

  /** What each package may use of ours, besides itself. A new package has to be entered here. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry("api", List.of()),
          entry("model", List.of()),
          entry("timing", List.of()),
          entry("plan", List.of("api", "model", "plan.field")),
          entry("plan.field", List.of("api", "model")),
          entry("plan.redaction", List.of("model", "plan")),
          entry(
              "decision",
              List.of("api", "model", "plan", "plan.field", "plan.redaction", "decision.history")),
          entry("decision.history", List.of("api", "model", "plan")),
          entry(
              "status",
              List.of("api", "model", "plan", "plan.redaction", "decision", "decision.history")),
          entry("aws", List.of("model", "aws.limit", "aws.limit.queue")),
          entry("aws.sdk", List.of("model", "aws")),
          entry("aws.limit", List.of("model", "aws.limit.queue")),
          entry("aws.limit.queue", List.of()),
          entry("aws.sweep", List.of("model", "timing", "aws", "aws.limit")),
          entry("ops", List.of()),
          entry(
              "ops.metrics",
              List.of(
                  "model",
                  "decision.history",
                  "aws",
                  "aws.limit",
                  "aws.limit.queue",
                  "aws.sweep",
                  "controller",
                  "controller.report",
                  "controller.rollout")),
          entry("kube", List.of("api", "status")),
          entry(
              "kube.secret",
              List.of("api", "model", "plan", "decision.history", "kube", "kube.status")),
          entry("kube.status", List.of("api", "plan", "decision.history", "status", "kube")),
          entry("controller.resource", List.of("api", "model", "aws")),
          entry("controller.state", below("timing", "kube", "kube.secret")),
          entry("controller.report", below("kube", "kube.status", "controller.state")),
          entry(
              "controller.gate",
              below("aws", "controller.resource", "controller.state", "controller.report")),
          entry(
              "controller.rollout",
              below("aws.limit", "kube", "controller.state", "controller.report")),
          entry(
              "controller.restore",
              below(
                  "kube",
                  "kube.secret",
                  "kube.status",
                  "controller.resource",
                  "controller.state",
                  "controller.report",
                  "controller.gate")),
          entry(
              "controller.update",
              below(
                  "timing",
                  "aws",
                  "aws.limit",
                  "aws.limit.queue",
                  "aws.sweep",
                  "kube.secret",
                  "controller.state",
                  "controller.report",
                  "controller.gate",
                  "controller.rollout")),
          entry(
              "controller.trigger",
              below(
                  "aws",
                  "aws.sweep",
                  "kube",
                  "controller.resource",
                  "controller.state",
                  "controller.report",
                  "controller.gate")),
          entry(
              "controller",
              below(
                  "timing",
                  "aws",
                  "aws.sweep",
                  "kube",
                  "kube.secret",
                  "kube.status",
                  "controller.resource",
                  "controller.state",
                  "controller.report",
                  "controller.gate",
                  "controller.rollout",
                  "controller.restore",
                  "controller.update",
                  "controller.trigger")),
          entry("cli", List.of("cli.run", "cli.launch")),
          entry("cli.options", List.of("model", "decision")),
          entry("cli.preflight", List.of("api", "kube.status", "cli.options")),
          entry(
              "cli.run",
              List.of(
                  "api",
                  "model",
                  "decision",
                  "timing",
                  "aws",
                  "aws.sdk",
                  "aws.limit",
                  "aws.sweep",
                  "kube",
                  "kube.status",
                  "controller",
                  "controller.trigger",
                  "ops",
                  "ops.metrics",
                  "cli.options",
                  "cli.preflight")),
          entry("cli.launch", List.of("cli.run")));

  /** The pure packages that a room of the controller may use, and these others. */
  private static List<String> below(String... others) {
    return Stream.concat(
            Stream.of("api", "model", "plan", "decision", "decision.history", "status"),
            Stream.of(others))
        .toList();
  }

  private static final String[] PURE = {
    BASE + "model..", BASE + "plan..", BASE + "decision..", BASE + "status.."
  };

  /** java.time but for the clock, java.util but for threads and randomness: values only. */
  private static final DescribedPredicate<JavaClass> VALUES =
      new DescribedPredicate<>("are plain values of the JDK") {
        private static final Set<String> UTIL_NOT =
            Set.of(
                "java.util.Random",
                "java.util.SplittableRandom",
                "java.util.UUID",
                "java.util.Timer",
                "java.util.Scanner",
                "java.util.Date",
                "java.util.Calendar",
                "java.util.ServiceLoader");
        private static final Set<String> LANG_NOT =
            Set.of(
                "java.lang.Thread",
                "java.lang.ThreadLocal",
                "java.lang.Process",
                "java.lang.ProcessBuilder",
                "java.lang.Runtime",
                "java.lang.System");

        @Override
        public boolean test(JavaClass type) {
          JavaClass plain = type.getBaseComponentType();
          if (plain.isPrimitive()) {
            return true;
          }
          String name = plain.getName();
          return switch (plain.getPackageName()) {
            case "java.lang" -> !LANG_NOT.contains(name);
            case "java.util" -> !UTIL_NOT.contains(name);
            case "java.lang.annotation",
                "java.lang.invoke",
                "java.lang.runtime",
                "java.math",
                "java.time.temporal",
                "java.util.function",
                "java.util.regex",
                "java.util.stream" ->
                true;
            case "java.time" -> !name.contains("Clock") && !name.contains("InstantSource");
            // Forms of texts, which AWS's messages repeat values in.
            case "java.nio.charset" -> name.endsWith(".Charset") || name.endsWith("Charsets");
            case "java.text" -> name.startsWith("java.text.Normalizer");
            default -> false;
          };
        }
      };

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @Test
  void everyPackageHasItsRule() {
    Set<String> there = new TreeSet<>();
    for (JavaClass type : MainClasses.ALL) {
      there.add(type.getPackageName().substring(BASE.length()));
    }
    assertThat(there).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
    assertThat(MainClasses.ALL.size()).isGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void knowsOnlyThosePackages(String name) {
    String[] others =
        MAY_USE.keySet().stream()
            .filter(other -> !other.equals(name))
            .filter(other -> !MAY_USE.getOrDefault(name, List.of()).contains(other))
            .map(other -> BASE + other)
            .toArray(String[]::new);
    if (others.length > 0) {
      check(
          noClasses()
              .that()
              .resideInAPackage(BASE + name)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others));
    }
  }

  @Test
  void pureCodeKnowsNothingButValues() {
    check(
        classes()
            .that()
            .resideInAnyPackage(PURE)
            .should(
                onlyDependOnClassesThat(
                    resideInAnyPackage(PURE)
                        .or(resideInAPackage(BASE + "api.."))
                        .or(resideInAPackage("org.jspecify.."))
                        .or(VALUES))));
  }

  @Test
  void pureCodeReadsNoClockAndRollsNoDice() {
    check(
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
  void nobodySleeps() {
    check(
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

  @Test
  void onlyTheAdapterTouchesTheAwsSdk() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "aws.sdk..", BASE + "cli.run..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.."));
  }

  @Test
  void theCommandLineMakesClientsButNoCalls() {
    check(
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
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                BASE + "api..",
                BASE + "kube..",
                BASE + "controller..",
                BASE + "cli.preflight..",
                BASE + "cli.run..",
                BASE + "ops..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(kubernetes));
  }

  @Test
  void theResourceIsDataOnly() {
    check(
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
                        .or(VALUES)
                        // By which a rolled-back operator sees what it does not know.
                        .or(type(RecordComponent.class))
                        // By which one field that cannot be read costs no other.
                        .or(type(Field.class))
                        .or(type(Modifier.class)))));
  }

  private static void check(ArchRule rule) {
    // A rule that finds no class to look at proves nothing.
    rule.allowEmptyShould(false).check(MainClasses.ALL);
  }
}
