package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Leader election is switched off, and on again, in an installation that exists. The API server
 * keeps the defaults of a rolling update, and would refuse them beside {@code Recreate}.
 */
final class RolloutStrategyIT {

  private static final String WITH = "leaderElection: {enabled: true}";
  private static final String WITHOUT = "leaderElection: {enabled: false}";

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  private final ApiServer server = ApiServer.shared();

  @Test
  void flux() throws Exception {
    for (String values : new String[] {WITH, WITHOUT, WITH, WITHOUT}) {
      // When
      HttpResponse<String> answer = apply(values);

      // Then
      assertThat(answer.isSuccessful()).as(answer.body()).isTrue();
      requireStrategy(values);
    }
  }

  @Test
  void helm() {
    // Given
    new Helm(Chart.FOLDER)
        .install()
        .withName("lco")
        .withNamespace(namespace.name())
        .withKubeConfig(server.kubeconfig())
        .set("crds.install", false)
        .call();

    for (String values : new String[] {WITHOUT, WITH, WITHOUT}) {
      // When
      new Helm(Chart.FOLDER)
          .upgrade()
          .withName("lco")
          .withNamespace(namespace.name())
          .withKubeConfig(server.kubeconfig())
          .set("crds.install", false)
          .set("leaderElection.enabled", values.equals(WITH))
          .call();

      // Then
      requireStrategy(values);
    }
  }

  private void requireStrategy(String values) {
    DeploymentStrategy strategy =
        server
            .client()
            .apps()
            .deployments()
            .inNamespace(namespace.name())
            .withName(Chart.NAME)
            .get()
            .getSpec()
            .getStrategy();
    assertThat(strategy.getRollingUpdate().getMaxSurge())
        .as("Pods beside the old one")
        .isEqualTo(values.equals(WITH) ? new IntOrString("25%") : new IntOrString(0));
  }

  /** Applies the Deployment as its text is: a reader of objects would leave out what is null. */
  private HttpResponse<String> apply(String values) throws Exception {
    var http = server.client().getHttpClient();
    return http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(
                    URI.create(server.client().getMasterUrl().toString())
                        .resolve(
                            "/apis/apps/v1/namespaces/%s/deployments/%s?fieldManager=flux&force=true"
                                .formatted(namespace.name(), Chart.NAME))
                        .toString())
                .method(
                    "PATCH",
                    "application/apply-patch+yaml",
                    Chart.render("lco", namespace.name(), values).only("Deployment").toString())
                .build(),
            String.class)
        .get(30, TimeUnit.SECONDS);
  }
}
