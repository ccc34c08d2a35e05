package dev.lambdaconfig.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All versions of the resources of a test's namespace, in the order of a watch. */
final class ResourceVersions implements BeforeEachCallback, AfterEachCallback {

  /**
   * A version of a resource.
   *
   * @param function the function in AWS when the version was seen
   */
  record Version(GenericKubernetesResource resource, JsonNode function) {
    String name() {
      return resource.getMetadata().getName();
    }

    String resourceVersion() {
      return resource.getMetadata().getResourceVersion();
    }

    @Override
    public String toString() {
      return "generation "
          + resource.getMetadata().getGeneration()
          + ", "
          + Kstatus.of(resource)
          + ", observed "
          + resource.get("status", "observedGeneration")
          + ", conditions "
          + Kstatus.conditions(resource)
          + ", at AWS Timeout "
          + function.path("Timeout")
          + " "
          + function.path("LastUpdateStatus").asText();
    }
  }

  private final List<Version> seen = new CopyOnWriteArrayList<>();
  private final OperatorExtension operator;
  private @Nullable Watch watch;
  private volatile @Nullable String broken;

  private ResourceVersions(OperatorExtension operator) {
    this.operator = operator;
  }

  /**
   * Records each version during a test. The function of a resource must exist before the resource.
   */
  static ResourceVersions of(OperatorExtension operator) {
    return new ResourceVersions(operator);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    watch =
        operator
            .server()
            .client()
            .genericKubernetesResources("lambdaconfig.dev/v1alpha1", "LambdaFunctionConfig")
            .inNamespace(operator.namespace())
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, GenericKubernetesResource resource) {
                    String function = Objects.requireNonNull(resource.get("spec", "functionName"));
                    seen.add(new Version(resource, operator.aws().function(function)));
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    broken = String.valueOf(cause);
                  }
                });
  }

  /** The versions of a resource up to the one given, once the watch has delivered it. */
  List<Version> upTo(String name, String resourceVersion) {
    Awaitility.await("the watch to deliver version " + resourceVersion)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .failFast("the watch broke: " + broken, () -> broken != null)
        .until(
            () ->
                of(name).stream()
                    .anyMatch(version -> version.resourceVersion().equals(resourceVersion)));
    List<Version> all = of(name);
    int end = all.stream().map(Version::resourceVersion).toList().lastIndexOf(resourceVersion) + 1;
    return all.subList(0, end);
  }

  private List<Version> of(String name) {
    return seen.stream().filter(version -> version.name().equals(name)).toList();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Objects.requireNonNull(watch).close();
  }
}
