package dev.lambdaconfig.kube.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.model.Value;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Secrets in which environment variables are kept: which stay, and which are replaced. */
final class BaselineSecretsTest {

  private static final String KEY = "operator/lambda-config-baseline-uid";

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

  @Test
  void variablesAreKeptAndReadAgain() {
    // When
    BaselineSecrets.Outcome outcome = secrets.keep(resource(), variables("x"), false);

    // Then
    assertThat(outcome).isInstanceOf(BaselineSecrets.Kept.class);
    assertThat(secrets.isKept("uid")).isTrue();
    assertThat(secrets.read(resource())).isEqualTo(Map.of("AA", "x"));
    assertThat(requireNonNull(kubernetes.secrets.get(KEY)).getImmutable()).isTrue();
  }

  @Test
  void thoseOfAnEarlierProcessStay() {
    // Given
    secrets.keep(resource(), variables("before"), false);
    BaselineSecrets restarted =
        new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

    // When
    BaselineSecrets.Outcome outcome = restarted.keep(resource(), variables("now"), false);

    // Then
    assertThat(outcome).isInstanceOf(BaselineSecrets.KeptBefore.class);
    assertThat(restarted.read(resource())).isEqualTo(Map.of("AA", "before"));
  }

  @Test
  void thoseOfAnUpdateThatWasNeverAcceptedAreReplaced() {
    // Given
    secrets.keep(resource(), variables("before"), false);
    BaselineSecrets restarted =
        new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

    // When
    BaselineSecrets.Outcome outcome = restarted.keep(resource(), variables("now"), true);

    // Then
    assertThat(outcome).isInstanceOf(BaselineSecrets.Kept.class);
    assertThat(restarted.read(resource())).isEqualTo(Map.of("AA", "now"));
  }

  @Test
  void thoseOfThisProcessAreReplacedByOthers() {
    // Given
    secrets.keep(resource(), variables("before"), false);

    // When
    BaselineSecrets.Outcome outcome = secrets.keep(resource(), variables("now"), false);

    // Then
    assertThat(outcome).isInstanceOf(BaselineSecrets.Kept.class);
    assertThat(secrets.read(resource())).isEqualTo(Map.of("AA", "now"));
  }

  @Test
  void theSameAreCreatedAgainWhereSomebodyDeletedTheSecret() {
    // Given
    secrets.keep(resource(), variables("x"), false);
    kubernetes.secrets.clear();

    // When
    secrets.keep(resource(), variables("x"), false);

    // Then
    assertThat(secrets.read(resource())).isEqualTo(Map.of("AA", "x"));
  }

  @Test
  void theSecretOfAnotherResourceIsNeitherReadNorReplaced() {
    // Given
    kubernetes.secrets.put(
        KEY,
        new SecretBuilder()
            .withNewMetadata()
            .addToAnnotations(BaselineSecrets.RESOURCE_UID, "another")
            .endMetadata()
            .build());

    // When
    BaselineSecrets.Outcome outcome = secrets.keep(resource(), variables("x"), true);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            BaselineSecrets.Refused.class,
            refused ->
                assertThat(refused.why()).contains("does not belong to this resource: delete it"));
    assertThat(secrets.read(resource())).isNull();
    assertThat(secrets.take(resource(), Map.of())).isFalse();
    assertThat(secrets.isKept("uid")).isFalse();
  }

  @Test
  void anEnvironmentLargerThanAwsAllowsIsRefused() {
    // When
    BaselineSecrets.Outcome outcome =
        secrets.keep(resource(), variables("x".repeat(32 * 1024)), false);

    // Then
    assertThat(outcome).isInstanceOf(BaselineSecrets.Refused.class);
    assertThat(kubernetes.secrets).isEmpty();
  }

  @Test
  void thoseOfAnEarlierVersionAreTakenUnlessSomeAreKept() {
    // When
    boolean taken = secrets.take(resource(), Map.of("AA", "eA=="));
    boolean again = secrets.take(resource(), Map.of("AA", "eQ=="));

    // Then
    assertThat(taken).isTrue();
    assertThat(again).isTrue();
    assertThat(secrets.read(resource())).isEqualTo(Map.of("AA", "x"));
  }

  @Test
  void aDeletedBaselineIsKeptNoLongerAndAForgottenOneStays() {
    // Given
    secrets.keep(resource(), variables("x"), false);

    // When
    secrets.forget("uid");
    assertThat(secrets.isKept("uid")).isFalse();
    assertThat(secrets.read(resource())).isNotNull();
    secrets.delete("uid");

    // Then
    assertThat(secrets.read(resource())).isNull();
  }

  @Test
  void anOperatorWithoutANamespaceReadsNone() {
    assertThat(new BaselineSecrets(kubernetes.client, null, Clock.systemUTC()).read(resource()))
        .isNull();
  }

  private static Map<String, Value> variables(String value) {
    return Map.of("AA", new Value.Secret(value));
  }

  private static LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setUid("uid");
    return resource;
  }
}
