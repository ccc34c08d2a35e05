package dev.lambdaconfig.kube.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Secrets of earlier versions, whose content is the tenant's word. */
final class FormerBaselineSecretsTest {

  private static final String KEY = "team-a/orders-baseline-uid";

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final FormerBaselineSecrets secrets = new FormerBaselineSecrets(kubernetes.client);

  @ParameterizedTest
  @CsvSource({"uid, 10, true", "another, 10, false", "uid, 32769, false"})
  void isReadIfTheResourceOwnsItAndItIsNoLargerThanAnEnvironment(
      String owner, int size, boolean read) {
    // Given
    Map<String, String> data = Map.of("A", "x".repeat(size - 1));
    store(owner, data);

    // Then
    assertThat(secrets.read(resource("orders"))).isEqualTo(read ? data : null);
  }

  @Test
  void isNoneWhereThereIsNoSecretOrItIsEmpty() {
    assertThat(secrets.read(resource("orders"))).isNull();
    store("uid", null);
    assertThat(secrets.read(resource("orders"))).isNull();
  }

  @Test
  void isDeletedWhereTheOperatorMay() {
    // Given
    store("uid", Map.of());

    // When
    kubernetes.refusal = 403;
    kubernetes.refused = "delete"::equals;
    secrets.delete(resource("orders"));
    assertThat(kubernetes.secrets).containsKey(KEY);
    kubernetes.refusal = 0;
    secrets.delete(resource("orders"));

    // Then
    assertThat(kubernetes.secrets).isEmpty();
  }

  @Test
  void hasANameThatKubernetesAccepts() {
    assertThat(FormerBaselineSecrets.nameFor(resource("a".repeat(253))))
        .hasSize(253)
        .endsWith("a-baseline-uid");
    assertThat(FormerBaselineSecrets.nameFor(resource("a".repeat(239) + ".b-c")))
        .isEqualTo("a".repeat(239) + "-baseline-uid");
  }

  private void store(String owner, @Nullable Map<String, String> data) {
    kubernetes.storeOwned(KEY, owner, data);
  }

  private static LambdaFunctionConfig resource(String name) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setName(name);
    resource.getMetadata().setUid("uid");
    return resource;
  }
}
