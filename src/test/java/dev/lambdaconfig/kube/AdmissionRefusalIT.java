package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.kube.identity.KubernetesServiceAccounts;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The texts of the real API server by which refusals are told apart. */
final class AdmissionRefusalIT {

  private final ApiServer server = ApiServer.shared();
  private final KubernetesClient client = server.client();
  private final String namespace = server.freshNamespace("refusals");

  @Test
  void aQuotaThatIsUsedUpIsNamed() {
    // Given: without its controller nobody else fills in the status
    var quotas = client.resourceQuotas().inNamespace(namespace);
    Map<String, Quantity> none = Map.of("secrets", new Quantity("0"));
    quotas
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("few")
                .endMetadata()
                .withNewSpec()
                .withHard(none)
                .endSpec()
                .build())
        .create();
    quotas
        .withName("few")
        .editStatus(
            quota ->
                new ResourceQuotaBuilder(quota)
                    .withNewStatus()
                    .withHard(none)
                    .withUsed(none)
                    .endStatus()
                    .build());

    // Then
    await(() -> refusal(client), "the ResourceQuota few, which is used up (secrets=0)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Forbidden", "Invalid"})
  void aPolicyIsNamedWhateverItsReason(String reason) {
    // Given
    String name = namespace + "-" + reason.toLowerCase(Locale.ROOT);
    client
        .resource(
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: %s}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [secrets]}
              matchConditions:
              - {name: here, expression: "request.namespace == '%s'"}
              validations:
              - {expression: "false", reason: %s, messageExpression: "string(object.metadata.generateName)"}
            """
                .formatted(name, namespace, reason))
        .create();
    client
        .resource(
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: %s}
            spec: {policyName: %s, validationActions: [Deny]}
            """
                .formatted(name, name))
        .create();

    // Then
    await(() -> refusal(client), "the ValidatingAdmissionPolicy " + name);
  }

  @Test
  void aMissingRightIsNone() {
    // Given
    createServiceAccount("stranger");
    try (KubernetesClient stranger = server.clientFor(namespace, "stranger")) {
      // Then
      KubernetesClientException failure = failure(stranger);
      assertThat(failure.getCode()).isEqualTo(403);
      assertThat(AdmissionRefusal.of(failure)).isNull();
    }
  }

  @Test
  void aNamespaceThatIsBeingDeletedIsNamedAndItsEventsAreDroppedInSilence() {
    // Given: without its controller it stays so
    createServiceAccount("writer");
    ServiceAccounts accounts = new KubernetesServiceAccounts(client);
    var account = (ServiceAccounts.Found) accounts.read(namespace, "writer");
    client.namespaces().withName(namespace).delete();
    await(() -> refusal(client), "the namespace, which is being deleted and takes nothing new");

    // Then
    assertThat(accounts.mint(account.account(), "sts.amazonaws.com"))
        .isInstanceOfSatisfying(
            ServiceAccounts.Rejected.class,
            rejected -> assertThat(rejected.why()).contains("which is being deleted"));

    // And when
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(KubernetesEventRecorder.class);
    logger.addAppender(lines);
    try (KubernetesEventRecorder recorder =
        new KubernetesEventRecorder(client, Clock.systemUTC())) {
      recorder.record(resource(), new Notice(false, "Restored", "done"));
    } finally {
      logger.detachAppender(lines);
    }

    // Then
    assertThat(lines.list).isEmpty();
  }

  private void createServiceAccount(String name) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }

  private LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName("orders");
    resource.getMetadata().setUid("uid");
    return resource;
  }

  private static void await(Callable<String> refusal, String expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(refusal.call()).isEqualTo(expected));
  }

  private String refusal(KubernetesClient by) {
    KubernetesClientException failure = failure(by);
    AdmissionRefusal refusal = failure == null ? null : AdmissionRefusal.of(failure);
    return refusal == null ? "none" : refusal.by();
  }

  private KubernetesClientException failure(KubernetesClient by) {
    HasMetadata secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withGenerateName("canary-")
            .endMetadata()
            .addToStringData("text", "canary")
            .build();
    return catchThrowableOfType(
        KubernetesClientException.class, () -> by.resource(secret).create());
  }
}
