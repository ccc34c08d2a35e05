package dev.lambdaconfig.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As much of a LambdaFunctionConfig as shows whether it is ready: whoever watches ten thousand of
 * them on the machine that is measured must not take much of it.
 */
@Group("lambdaconfig.dev")
@Version("v1alpha1")
@Kind("LambdaFunctionConfig")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Seen extends CustomResource<Seen.Nothing, Seen.@Nullable Status>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** The spec is of no interest. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Nothing() {}

  /** What the operator tells. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(@Nullable List<Condition> conditions) {}

  /** One condition. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Condition(
      @Nullable String type, @Nullable String status, @Nullable Long observedGeneration) {}

  @Override
  protected Nothing initSpec() {
    return new Nothing();
  }

  @Override
  protected @Nullable Status initStatus() {
    return null;
  }

  /** Whether it is ready for the spec that it has now. */
  boolean isReady() {
    Status status = getStatus();
    List<Condition> conditions = status == null ? null : status.conditions();
    return conditions != null
        && conditions.stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.type())
                        && "True".equals(condition.status())
                        && getMetadata().getGeneration().equals(condition.observedGeneration()));
  }
}
