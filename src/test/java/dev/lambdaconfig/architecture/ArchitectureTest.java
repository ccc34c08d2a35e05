package dev.lambdaconfig.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.lambdaconfig.architecture.MainClasses.BASE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages of ours that each package may use. */
final class ArchitectureTest {

  /** What each package may use of ours, besides itself. A new package has to be entered here. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry("api", List.of()),
          entry("model", List.of("model.identity", "text")),
          entry("model.identity", List.of()),
          entry("model.source", List.of()),
          entry("timing", List.of()),
          entry("text", List.of()),
          entry("proxy", List.of()),
          entry("debug", List.of()),
          entry("plan", List.of("api", "model", "model.source", "plan.environment", "plan.field")),
          entry("plan.environment", List.of("api", "model.source", "plan.field")),
          entry("plan.field", List.of("api", "model", "text")),
          entry("plan.redaction", List.of("model", "plan")),
          entry(
              "decision",
              all("api model model.source plan plan.field plan.redaction" + " decision.history")),
          entry("decision.history", List.of("api", "model", "model.source", "plan")),
          entry("decision.ownership", List.of()),
          entry(
              "status",
              all("api text model model.source plan plan.redaction decision decision.history")),
          entry(
              "aws", all("model model.identity text debug aws.account aws.limit aws.limit.queue")),
          entry("aws.account", all("model model.identity debug aws.limit aws.limit.queue")),
          entry(
              "aws.sdk",
              all(
                  "model model.identity timing text debug aws aws.read aws.sdk.answer"
                      + " aws.sdk.credentials aws.sdk.http identity identity.account")),
          entry("aws.sdk.answer", List.of("model", "aws.sdk.http")),
          entry("aws.sdk.credentials", List.of("aws.sdk.http")),
          entry("aws.sdk.http", List.of("proxy")),
          entry("aws.read", all("model model.identity timing aws aws.account aws.limit.queue")),
          entry("identity.account", List.of("model", "model.identity", "text")),
          entry(
              "identity",
              all("model model.identity timing debug aws.limit aws.limit.queue identity.account")),
          entry("aws.limit", List.of("model", "debug", "aws.limit.queue")),
          entry("aws.limit.queue", List.of("debug")),
          entry(
              "aws.sweep", all("model model.identity timing debug identity aws aws.sweep.watched")),
          entry("aws.sweep.watched", List.of("model", "debug", "aws")),
          entry("ops", List.of("text", "timing", "debug", "ops.informer")),
          entry("ops.election", List.of("timing")),
          entry("ops.informer", List.of("timing", "debug")),
          entry(
              "ops.metrics",
              all(
                  "model decision.history aws aws.account aws.limit aws.limit.queue aws.sweep"
                      + " controller controller.report controller.rollout")),
          entry("kube", List.of("api", "timing", "debug", "status", "text")),
          entry("kube.schema", List.of("api", "timing")),
          entry("kube.http", List.of("timing")),
          entry("kube.reading", List.of("api", "kube", "timing")),
          entry("kube.lists", List.of("api", "timing", "kube.http", "kube.reading")),
          entry("kube.identity", List.of("api", "identity.account", "kube")),
          entry(
              "kube.secret",
              all("api model timing debug plan text decision.history kube kube.status")),
          entry(
              "kube.status", all("api debug timing plan decision.history status kube kube.schema")),
          entry("values", all("api model model.source timing debug kube kube.secret values.watch")),
          entry("values.watch", List.of("api", "model.source", "timing")),
          entry("authorization", List.of("api", "model", "text")),
          entry(
              "controller.resource",
              all(
                  "api model model.source debug plan plan.environment authorization"
                      + " identity.account aws values")),
          entry("controller.state", below("timing", "kube", "kube.secret")),
          entry(
              "controller.report",
              below("text", "kube", "kube.status", "values", "controller.state")),
          entry(
              "controller.ownership",
              below(
                  "decision.ownership",
                  "aws",
                  "aws.limit.queue",
                  "identity.account",
                  "kube",
                  "controller.resource",
                  "controller.state",
                  "controller.report")),
          entry(
              "controller.gate",
              below(
                  "plan.environment",
                  "plan.field",
                  "identity",
                  "identity.account",
                  "controller.resource",
                  "controller.state",
                  "controller.report",
                  "controller.ownership")),
          entry(
              "controller.rollout",
              below(
                  "aws.limit",
                  "kube",
                  "controller.state",
                  "controller.report",
                  "controller.rollout.breaker")),
          entry("controller.rollout.breaker", List.of("model", "debug")),
          entry(
              "controller.restore",
              below(
                  all(
                      "authorization kube kube.secret kube.status controller.resource"
                          + " controller.state controller.report controller.ownership"))),
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
                  "controller.ownership",
                  "controller.rollout")),
          entry(
              "controller.trigger",
              below(
                  all(
                      "timing authorization aws aws.sweep kube kube.status"
                          + " controller.resource controller.state controller.report"
                          + " controller.ownership values kube.schema"))),
          entry(
              "controller",
              below(
                  all(
                      "timing plan.field authorization aws aws.sweep identity"
                          + " identity.account kube kube.schema kube.secret kube.status values"
                          + " controller.resource controller.state controller.report"
                          + " controller.ownership controller.gate controller.rollout"
                          + " controller.restore controller.update controller.trigger"))),
          entry(
              "cli",
              all(
                  "api cli.explain cli.export cli.format cli.launch cli.plan cli.run cli.shell"
                      + " cli.status cli.stream cli.validate")),
          entry(
              "cli.status",
              all(
                  "api timing cli.cluster cli.format cli.stream cli.status.metrics"
                      + " cli.status.report")),
          entry("cli.status.metrics", List.of("text")),
          entry(
              "cli.status.report",
              all("api status text cli.cluster cli.format cli.status.metrics")),
          entry(
              "cli.export",
              all(
                  "model timing text aws aws.read aws.sdk cli.cluster cli.credentials cli.format"
                      + " cli.export.estate"
                      + " cli.export.manifest cli.export.output cli.export.source"
                      + " cli.export.template cli.export.template.value cli.export.unmanaged"
                      + " cli.preflight cli.stream")),
          entry(
              "cli.export.template",
              all(
                  "api model plan plan.field text cli.export.manifest cli.export.source"
                      + " cli.export.template.value")),
          entry("cli.export.template.value", all("model text")),
          entry(
              "cli.export.unmanaged",
              all("api model cli.cluster cli.export.manifest cli.export.source")),
          entry("cli.export.source", all("model cli.export.manifest")),
          entry("cli.export.manifest", all("api model plan plan.field text cli.validate.schema")),
          entry("cli.export.output", all("cli.export.manifest cli.stream")),
          entry(
              "cli.export.estate",
              all(
                  "model timing text aws.read aws.limit aws.limit.queue cli.export.manifest"
                      + " cli.export.source")),
          entry("cli.shell", List.of()),
          entry("cli.credentials", List.of("model", "text", "aws.read")),
          entry(
              "cli.cluster",
              all("api status text kube.reading kube.schema cli.format cli.preflight")),
          entry("cli.explain", all("api status text cli.cluster cli.format")),
          entry("cli.format", List.of("text")),
          entry("cli.stream", List.of()),
          entry("cli.runtimes", List.of()),
          entry("cli.options", List.of("model", "model.source", "decision", "cli.format")),
          entry("cli.preflight", all("api model timing proxy kube.schema cli.options")),
          entry(
              "cli.run",
              all(
                  "api model model.source decision timing debug text authorization aws aws.account"
                      + " aws.sdk aws.limit aws.sweep identity identity.account kube kube.lists"
                      + " kube.reading kube.identity kube.schema kube.status values controller"
                      + " controller.ownership controller.resource controller.trigger ops"
                      + " ops.election ops.informer ops.metrics cli.options cli.preflight")),
          entry("cli.validate.schema", all("api text cli.manifest.tree")),
          entry("cli.validate.report", all("text cli.format cli.manifest cli.manifest.tree")),
          entry(
              "cli.validate",
              all(
                  "api model plan aws aws.sdk controller.resource cli.format cli.manifest"
                      + " cli.manifest.tree cli.options cli.runtimes cli.stream"
                      + " cli.validate.report cli.validate.schema")),
          entry("cli.manifest.tree", List.of("api", "text")),
          entry("cli.manifest", all("api text kube.reading cli.format cli.manifest.tree")),
          entry(
              "cli.plan",
              all(
                  "api model timing text aws aws.read aws.sdk kube controller.resource cli.cluster"
                      + " cli.credentials cli.format cli.options cli.manifest cli.manifest.tree"
                      + " cli.runtimes cli.plan.planning cli.plan.report cli.plan.output"
                      + " cli.plan.source cli.preflight cli.stream cli.validate.schema")),
          entry(
              "cli.plan.source",
              all(
                  "api model.source decision.ownership kube values cli.cluster cli.plan.planning"
                      + " cli.plan.report")),
          entry(
              "cli.plan.planning",
              all(
                  "api model model.source plan plan.environment plan.field decision"
                      + " decision.history controller.resource controller.state cli.plan.report")),
          entry("cli.plan.report", all("model text plan plan.environment")),
          entry(
              "cli.plan.output",
              all("model text plan plan.environment cli.format cli.plan.report")),
          entry("cli.launch", List.of("timing", "cli.run")));

  private static List<String> all(String names) {
    return List.of(names.split(" ", -1));
  }

  /** The packages that each room of the controller may use, and these others. */
  private static List<String> below(String... others) {
    return Stream.concat(
            all("api model model.identity model.source debug plan decision decision.history status")
                .stream(),
            Stream.of(others))
        .toList();
  }

  private static List<String> below(List<String> others) {
    return below(others.toArray(String[]::new));
  }

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @Test
  void everyPackageHasItsRule() {
    Set<String> there = new TreeSet<>();
    MainClasses.ALL.forEach(type -> there.add(type.getPackageName().substring(BASE.length())));
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
    MainClasses.check(
        noClasses()
            .that()
            .resideInAPackage(BASE + name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others));
  }
}
