package dev.lambdaconfig.kube.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A status that the API server refused. Its message can repeat the whole resource, and with it the
 * values of environment variables, and the framework logs exceptions with their causes: so neither
 * message nor cause is kept, only the code, the reason and the paths of fields.
 */
public final class StatusRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StatusRefusedException(HasMetadata resource, KubernetesClientException refusal) {
    super(
        "the API server refused the status of "
            + resource.getMetadata().getNamespace()
            + "/"
            + resource.getMetadata().getName()
            + " with "
            + refusal.getCode()
            + reason(refusal.getStatus())
            + "; its message is withheld, because it can repeat the resource: find it in the API"
            + " server's audit log, and check that the CustomResourceDefinition is of this"
            + " operator's release, admission policies and webhooks, and the operator's RBAC");
    setStackTrace(refusal.getStackTrace());
  }

  private StatusRefusedException(String message) {
    super(message);
  }

  /**
   * Creates the exception for a status that the operator does not send, for a reason of its own.
   */
  static StatusRefusedException because(HasMetadata resource, String why) {
    return new StatusRefusedException(
        "the status of "
            + resource.getMetadata().getNamespace()
            + "/"
            + resource.getMetadata().getName()
            + " cannot be written: "
            + why);
  }

  private static String reason(@Nullable Status status) {
    if (status == null) {
      return "";
    }
    String reason = Objects.requireNonNullElse(status.getReason(), "");
    List<StatusCause> causes =
        status.getDetails() == null
            ? List.of()
            : Objects.requireNonNullElse(status.getDetails().getCauses(), List.of());
    String fields =
        causes.stream()
            .map(StatusCause::getField)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining(", "));
    return " " + reason + (fields.isEmpty() ? "" : " at " + fields);
  }
}
