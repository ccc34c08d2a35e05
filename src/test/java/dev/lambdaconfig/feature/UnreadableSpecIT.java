package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.run.RunningOperator;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.kube.lists.StreamedLists;
import dev.lambdaconfig.kube.status.ServerSideApplyStatusStore;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Resources with specs that only an older schema accepted report it, and do not affect others. */
final class UnreadableSpecIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CANARY = "canary-5e1f";

  /**
   * A spec that cannot be acted on.
   *
   * @param spec JSON, with CANARY in it where a value may be secret
   * @param message a piece of the condition
   */
  private record Bad(String spec, String message) {}

  private static final List<Bad> BAD =
      List.of(
          new Bad("5", "spec must be a map"),
          new Bad("\"CANARY\"", "spec must be a map"),
          new Bad("[]", "spec must be a map"),
          new Bad("{}", "spec.functionName is missing"),
          new Bad("{\"functionName\":null}", "spec.functionName is missing"),
          new Bad("{\"functionName\":5}", "spec.functionName must be a string"),
          new Bad("{\"functionName\":\"CANARY!\"}", "write my-function, "),
          new Bad("{\"functionName\":\"f:CANARY\"}", "remove the colon"),
          bad("\"region\":\"CANARY\"", "region must be the code of an AWS Region"),
          bad("\"timeout\":\"abc\"", "spec.timeout must be a whole number"),
          bad("\"timeout\":\"\"", "spec.timeout must be a whole number"),
          bad("\"timeout\":1.5", "spec.timeout must be a whole number"),
          bad("\"timeout\":{\"CANARY\":1}", "spec.timeout must be a whole number"),
          bad("\"memorySize\":99999999999", "spec.memorySize must be"),
          bad("\"suspend\":\"CANARY\"", "spec.suspend must be true or false"),
          bad("\"description\":5", "spec.description must be a string"),
          bad("\"description\":{\"a\":\"CANARY\"}", "spec.description must be a string"),
          bad("\"layers\":5", "spec.layers must be a list"),
          bad("\"layers\":\"CANARY\"", "spec.layers must be a list"),
          bad("\"layers\":[{\"a\":1}]", "spec.layers[0] must be a string"),
          bad("\"layers\":[null]", "layers[0] has no value"),
          bad("\"environment\":[]", "spec.environment must be a map"),
          bad("\"environment\":\"\"", "spec.environment must be a map"),
          bad("\"environment\":{\"variables\":[\"CANARY\"]}", "variables must be a map"),
          bad("\"environment\":{\"variables\":{\"AA\":5}}", "variables.AA must be a string"),
          bad("\"environment\":{\"variables\":{\"AA\":{\"b\":\"CANARY\"}}}", "variables.AA must"),
          bad("\"environment\":{\"variables\":{\"AA\":null}}", "variables.AA has no value"),
          bad("\"vpcConfig\":{\"subnetIds\":\"CANARY\"}", "vpcConfig.subnetIds must be a list"),
          bad("\"vpcConfig\":{\"subnetIds\":[null]}", "vpcConfig.subnetIds[0] has no value"),
          bad("\"vpcConfig\":7", "spec.vpcConfig must be a map"),
          bad("\"fileSystemConfigs\":[null]", "fileSystemConfigs[0] has no value"),
          bad("\"fileSystemConfigs\":[{}]", "fileSystemConfigs[0].arn has no value"),
          bad("\"fileSystemConfigs\":[\"CANARY\"]", "spec.fileSystemConfigs[0] must be a map"),
          bad("\"imageConfig\":{\"command\":[null]}", "imageConfig.command[0] has no value"),
          bad("\"mode\":\"CANARY\"", "mode must be one of Enforce, Observe"),
          bad("\"ephemeralStorage\":{}", "ephemeralStorage: {} cannot be cleared"),
          bad("\"ephemeralStorage\":{\"size\":\"CANARY\"}", "size must be a whole number"),
          bad("\"durableConfig\":{}", "durableConfig: {} cannot be cleared"),
          bad("\"capacityProviderConfig\":{}", "capacityProviderConfig: {} cannot be cleared"),
          bad("\"role\":\"\"", "role cannot be empty"));

  private static Bad bad(String setting, String message) {
    return new Bad("{\"functionName\":\"bad\"," + setting + "}", message);
  }

  @Test
  void everyInvalidResourceIsToldSoAndTheOthersAreKept(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.separate();
        LambdaSimulator aws = LambdaSimulator.builder().start()) {
      // Given
      server.applyCrd(LaxSchema.write(folder));
      String namespace = server.freshNamespace("tolerant");
      for (int i = 0; i < BAD.size(); i++) {
        create(server, namespace, "bad-" + i, BAD.get(i).spec(), "{}");
      }
      for (String name : List.of("newer", "spoilt", "later")) {
        aws.createFunction(FunctionSeed.zip(name));
      }
      create(
          server,
          namespace,
          "newer",
          "{\"functionName\":\"newer\",\"timeout\":30,\"vpcConfigs\":[{}],"
              + "\"loggingConfig\":{\"logFormat\":\"JSON\",\"colour\":{\"a\":[1]}}}",
          "{\"observedGeneration\":-1,\"mood\":{\"a\":[1]}}");
      create(
          server,
          namespace,
          "spoilt",
          "{\"functionName\":\"spoilt\",\"timeout\":30}",
          "{\"observedGeneration\":\"x\",\"conditions\":5,\"history\":[null]}");
      create(
          server,
          namespace,
          "suspended",
          "{\"functionName\":\"bad\",\"suspend\":true,\"timeout\":\"abc\"}",
          "{\"observedGeneration\":-1}");

      // When
      try (ChartRights rights = new ChartRights(server, namespace, Set.of());
          RunningOperator operator = start(rights, namespace, aws)) {
        // Then
        awaitReady(server, namespace, "newer");
        awaitReady(server, namespace, "spoilt");
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < BAD.size(); i++) {
          checkStalled(server, namespace, "bad-" + i, BAD.get(i), softly);
        }
        Awaitility.await("a spec that cannot be read, but for suspend, to be suspended")
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> condition(get(server, namespace, "suspended"), Conditions.SUSPENDED) != null);
        softly
            .assertThat(condition(get(server, namespace, "suspended"), Conditions.STALLED))
            .isNull();
        create(server, namespace, "later", "{\"functionName\":\"later\",\"timeout\":30}", "{}");
        awaitReady(server, namespace, "later");
        softly.assertThat(aws.requests().updatesOf("bad")).isEmpty();
        softly.assertThat(aws.requests().readsOf("bad")).isEmpty();
        softly.assertThat(aws.function("newer").get("Timeout").asInt()).isEqualTo(30);
        softly.assertThat(operator.managementPort()).isPositive();
        softly.assertAll();
      }
    }
  }

  private static void checkStalled(
      ApiServer server, String namespace, String name, Bad bad, SoftAssertions softly)
      throws JsonProcessingException {
    LambdaFunctionConfig[] found = new LambdaFunctionConfig[1];
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                found[0] = get(server, namespace, name);
                return condition(found[0], Conditions.STALLED) != null;
              });
    } catch (ConditionTimeoutException e) {
      softly.fail("%s is not Stalled: %s", bad.spec(), JSON.writeValueAsString(found[0]));
      return;
    }
    StatusCondition stalled = requireNonNull(condition(found[0], Conditions.STALLED));
    softly.assertThat(stalled.reason()).as(bad.spec()).isEqualTo("InvalidSpec");
    softly.assertThat(stalled.message()).as(bad.spec()).contains(bad.message());
    softly
        .assertThat(JSON.writeValueAsString(found[0].getStatus()))
        .as(bad.spec())
        .doesNotContain(CANARY);
    StatusCondition ready = requireNonNull(condition(found[0], Conditions.READY));
    softly.assertThat(ready.status()).as(bad.spec()).isEqualTo("False");
  }

  private static void awaitReady(ApiServer server, String namespace, String name) {
    Awaitility.await(name + " to be Ready")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              LambdaFunctionConfig resource = get(server, namespace, name);
              StatusCondition ready = condition(resource, Conditions.READY);
              assertThat(ready).as(JSON.writeValueAsString(resource.getStatus())).isNotNull();
              assertThat(requireNonNull(ready).status()).as(ready.message()).isEqualTo("True");
            });
  }

  private static @Nullable StatusCondition condition(LambdaFunctionConfig resource, String type) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    return status == null ? null : Conditions.find(status.conditions, type);
  }

  private static LambdaFunctionConfig get(ApiServer server, String namespace, String name) {
    return requireNonNull(
        server
            .client()
            .resources(LambdaFunctionConfig.class)
            .inNamespace(namespace)
            .withName(name)
            .get());
  }

  private static RunningOperator start(ChartRights rights, String namespace, LambdaSimulator aws)
      throws Exception {
    KubernetesClient client =
        new StreamedLists()
            .builder(http -> {})
            .withConfig(Config.fromKubeconfig(rights.kubeconfig(Set.of(namespace)).toFile()))
            .build();
    return RunningOperator.start(
        client,
        new LambdaClients(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")),
            aws.endpoint()),
        new ServerSideApplyStatusStore(client),
        "eu-west-1",
        new RunOptions(Duration.ofHours(1), 0, Set.of(namespace), false));
  }

  /** Creates a resource from text: a typed client would correct it. */
  private static void create(
      ApiServer server, String namespace, String name, String spec, String status) {
    String path =
        "/apis/lambdaconfig.dev/v1alpha1/namespaces/" + namespace + "/lambdafunctionconfigs";
    String resource =
        """
        {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
         "metadata": {"name": "%s"}, "spec": %s, "status": %s}
        """
            .formatted(name, spec.replace("CANARY", CANARY), status);
    server.client().raw(path, "POST", resource);
    if (!status.equals("{}")) {
      LaxSchema.putStatus(server, namespace, name, status);
    }
  }
}
