package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.plan.OperatorMode;
import dev.lambdaconfig.status.NextStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be safe before the first update under {@code deletionPolicy: Restore}: the baseline
 * in the pass, from where it goes into the status; environment variables in their Secret; the
 * finalizer on the resource.
 */
final class Safekeeping {

  /** The operator may not do what {@code Restore} needs. */
  static final String FORBIDDEN = "RestoreForbidden";

  /** The Secret for the environment variables cannot be used. */
  private static final String SECRET_TAKEN = "BaselineSecretTaken";

  private static final String PATCH = "patch lambdafunctionconfigs.lambdaconfig.dev";

  private static final Duration AFTER_CHANGE = Duration.ofMillis(500);

  /** Roles are mended without notice. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Safekeeping.class);

  private final RestoreFinalizer finalizer;
  private final BaselineSecrets secrets;
  private final OperatorMode mode;

  Safekeeping(RestoreFinalizer finalizer, BaselineSecrets secrets, OperatorMode mode) {
    this.finalizer = finalizer;
    this.secrets = secrets;
    this.mode = mode;
  }

  /**
   * Makes a pass safe, or decides in it why it cannot be.
   *
   * @return whether the pass can go on; else the finalizer was missing, and the resource will come
   *     back with it
   */
  boolean secure(Pass pass) {
    LambdaFunctionConfig resource = pass.resource();
    if (resource.getSpec() == null || !mode.restores(resource.getSpec())) {
      return true;
    }
    String problem = keepBaseline(pass);
    if (problem != null) {
      return true;
    }
    if (!(pass.decision() instanceof Decision.Update) || RestoreFinalizer.isOn(resource)) {
      return true;
    }
    try {
      finalizer.add(resource);
      return false;
    } catch (KubernetesClientException e) {
      decideForbidden(pass, e, PATCH);
      return true;
    }
  }

  /**
   * Takes the finalizer off, or decides in the pass what hinders it.
   *
   * @return whether it is off
   */
  boolean release(Pass pass) {
    try {
      if (finalizer.remove(pass.resource())) {
        return true;
      }
      pass.decide(
          new Decision.Wait(
              NextStatus.RESTORING, "the finalizers changed; trying again", AFTER_CHANGE));
    } catch (KubernetesClientException e) {
      decideForbidden(pass, e, PATCH);
    }
    return false;
  }

  private @Nullable String keepBaseline(Pass pass) {
    Baseline before = pass.baseline();
    String keptIn = before.secretName();
    Baseline after = pass.baselineSeen(BaselineSecrets.nameFor(pass.resource()));
    String secretName = after.secretName();
    try {
      if (keptIn != null) {
        remember(pass, keptIn);
      } else if (secretName != null) {
        String taken = secrets.keep(pass.resource(), pass.function().environment());
        if (taken != null) {
          pass.decide(new Decision.Stalled(SECRET_TAKEN, taken, AFTER_REFUSAL));
          return taken;
        }
      }
    } catch (KubernetesClientException e) {
      return decideForbidden(pass, e, "create and get secrets");
    }
    pass.keeping(after);
    return null;
  }

  /** While it can still be read; that it cannot matters on deletion only. */
  private void remember(Pass pass, String secretName) {
    try {
      secrets.read(pass.resource(), secretName);
    } catch (KubernetesClientException e) {
      LOG.atDebug().addKeyValue("secret", secretName).log("a baseline cannot be read", e);
    }
  }

  private static String decideForbidden(Pass pass, KubernetesClientException e, String right) {
    if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
      throw e;
    }
    String message = forbidden(pass.resource(), right);
    pass.decide(new Decision.Stalled(FORBIDDEN, message, AFTER_REFUSAL));
    return message;
  }

  static String forbidden(LambdaFunctionConfig resource, String right) {
    return "deletionPolicy: Restore needs the right to "
        + right
        + " in namespace "
        + resource.getMetadata().getNamespace()
        + ", and RBAC does not grant it to the operator: set restore.enabled in the Helm chart, or"
        + " kubectl apply -f deploy/restore-rbac.yaml, or set deletionPolicy: Retain";
  }
}
