package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.packaged.PlanJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An older CRD hides a member that changes what the others mean: under {@code policy: Merge} the
 * variables of others stay, and without it they would be removed.
 */
final class HiddenSpecIT {

  private static final String POLICY = "spec.environment.policy";

  private static final String SPEC =
      "functionName: orders\nenvironment: {policy: Merge, variables: {OURS: x}}";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().startedByTest().withSeparateApiServer();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void aMergedEnvironment() throws Exception {
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"THEIRS\": \"x\"}}}"));
    operator.start();
    resources.apply("orders", SPEC);
    resources.awaitReady("orders");
    assertThat(variables()).containsExactly("OURS", "THEIRS");
  }

  @Test
  void anOlderDefinitionUnderARunningOperatorHoldsAllWritesUntilTheNewerOneIsBack()
      throws Exception {
    operator.stop();
    String version;
    try (OperatorJar jar = operator.startJar(folder.resolve("first"), Map.of())) {
      // Given: more than one function, so that they are listed
      jar.awaitRunning();
      operator.givenInSync("ledger", "timeout: 30");

      // When
      OlderDefinition.serve(operator.server(), folder, List.of(POLICY));
      resources.apply("payroll", "functionName: payroll\ntimeout: 30");
      Events.await(operator, "payroll", "SchemaOutdated");
      version = resources.get("orders").getMetadata().getResourceVersion();
      operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 7}");

      // Then
      Events.await(operator, "orders", "SchemaOutdated");
      operator.awaitSweeps(5);
      assertThat(variables()).containsExactly("OURS", "THEIRS");
      assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
      assertThat(resources.get("orders").getMetadata().getResourceVersion()).isEqualTo(version);
      assertThat(policy()).as("hidden").isEmpty();
      assertThat(jar.get("/metrics")).contains("lambdaconfig_spec_members_hidden 1.0");
      assertThat(Events.with(operator, "SchemaOutdated"))
          .first()
          .satisfies(
              event ->
                  assertThat(event.getMessage())
                      .contains(
                          "hides spec.environment.policy", "apply the CustomResourceDefinition"));

      // When
      operator.server().applyCrd(OperatorExtension.CRD);

      // Then: its cache may lack the member
      assertThat(jar.exitCode(Duration.ofSeconds(90))).isEqualTo(1);
      assertThat(jar.log()).contains("has all members of the spec again, so this process ends");
      assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    }

    // When
    Awaitility.await("the member to be served again")
        .atMost(Duration.ofMinutes(1))
        .until(() -> policy().equals("Merge"));
    operator
        .aws()
        .changeBehindTheBack("orders", "{\"Environment\": {\"Variables\": {\"NEW\": \"x\"}}}");
    try (OperatorJar jar = operator.startJar(folder.resolve("second"), Map.of())) {
      jar.awaitRunning();

      // Then
      Awaitility.await("the drift to be corrected")
          .atMost(Duration.ofMinutes(2))
          .until(() -> variables().contains("OURS"));
      resources.awaitReady("orders");
      assertThat(variables()).containsExactly("NEW", "OURS");
      assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    }
  }

  @Test
  void anOperatorDoesNotStartUnderADefinitionThatHidesAMember() throws Exception {
    // Given
    operator.stop();
    OlderDefinition.serve(operator.server(), folder, List.of(POLICY, "spec.serviceAccountName"));

    // When
    try (OperatorJar jar = operator.startJar(folder.resolve("operator"), Map.of())) {

      // Then
      assertThat(jar.exitCode(Duration.ofSeconds(90))).isEqualTo(1);
      assertThat(jar.log())
          .contains("its spec lacks environment.policy, serviceAccountName", "crds/");
    }
    assertThat(variables()).containsExactly("OURS", "THEIRS");
  }

  @Test
  void aPolicyIsNotTriedUnderADefinitionThatHidesAMember() throws Exception {
    // Given
    OlderDefinition.serve(operator.server(), folder, List.of("spec.serviceAccountName"));
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"), "rules: [{namespaces: [team], functions: [orders]}]\n");

    // When
    try (OperatorJar jar =
        operator.startJar(
            folder.resolve("operator"),
            Map.of("LAMBDA_CONFIG_DRY_RUN_POLICY", policy.toString()))) {

      // Then
      assertThat(jar.exitCode(Duration.ofSeconds(90))).isEqualTo(1);
      assertThat(jar.log()).contains("hides spec.serviceAccountName, which the policy may forbid");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan --live --quiet", "export --unmanaged"})
  void whatReadsTheClusterIsRefusedUnderADefinitionThatHidesAMember(String command)
      throws Exception {
    // Given
    OlderDefinition.serve(operator.server(), folder, List.of(POLICY));
    String[] words = (command + " --kubeconfig=" + operator.server().kubeconfig()).split(" ", -1);

    // When
    PlanJar.Result result =
        PlanJar.of(folder, operator.aws().endpoint())
            .run(words[0], Arrays.copyOfRange(words, 1, words.length));

    // Then
    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).contains("hides spec.environment.policy");
    assertThat(result.out()).isEmpty();
  }

  private List<String> variables() {
    TreeSet<String> names = new TreeSet<>();
    operator
        .aws()
        .function("orders")
        .at("/Environment/Variables")
        .fieldNames()
        .forEachRemaining(names::add);
    return List.copyOf(names);
  }

  /** What the API server answers: no reader of ours is in between. */
  private String policy() {
    String answer =
        requireNonNull(
            operator
                .server()
                .client()
                .raw(
                    "/apis/lambdaconfig.dev/v1alpha1/namespaces/"
                        + operator.namespace()
                        + "/lambdafunctionconfigs/orders"));
    return Serialization.unmarshal(answer, JsonNode.class).at("/spec/environment/policy").asText();
  }
}
