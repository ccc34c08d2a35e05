package dev.lambdaconfig.kube.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.identity.account.ServiceAccounts;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ServiceAccounts of the real API server. */
final class KubernetesServiceAccountsIT {

  private final ApiServer server = ApiServer.shared();
  private final String namespace = server.freshNamespace("accounts");
  private final String other = server.freshNamespace("others");
  private final ServiceAccounts accounts = new KubernetesServiceAccounts(server.client());

  @Test
  void oneIsReadWithItsOwnAnnotationsOnly() {
    // Given
    ServiceAccount created = create(namespace, "writer");

    // Then
    assertThat(accounts.read(namespace, "writer"))
        .isInstanceOfSatisfying(
            ServiceAccounts.Found.class,
            found -> {
              assertThat(found.account().uid()).isEqualTo(created.getMetadata().getUid());
              assertThat(found.account().annotations())
                  .containsOnlyKeys("eks.amazonaws.com/role-arn");
            });
    assertThat(accounts.read(other, "writer")).isInstanceOf(ServiceAccounts.Missing.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../%s/serviceaccounts/writer",
        "..%%2F..%%2F%s%%2Fserviceaccounts%%2Fwriter",
        "",
        ".",
        "..",
        "writer?x=%s",
        "writer#%s",
        "a/b"
      })
  void aNameThatNoObjectCanHaveLeadsToNone(String name) {
    // Given
    create(namespace, "writer");
    create(other, "writer");

    // Then
    assertThat(accounts.read(namespace, name.formatted(other)))
        .isInstanceOf(ServiceAccounts.Missing.class);
  }

  private ServiceAccount create(String in, String name) {
    return server
        .client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(in)
                .withName(name)
                .addToAnnotations("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/x")
                .addToAnnotations("note", "of somebody else")
                .endMetadata()
                .build())
        .create();
  }
}
