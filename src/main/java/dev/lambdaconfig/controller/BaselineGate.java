package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.status.NextStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be safe before the first update under {@code deletionPolicy: Restore}: the baseline
 * in the pass, from where it goes into the status; the finalizer on the resource; and, right before
 * an update that can change them, environment variables in their Secret.
 */
final class BaselineGate {

  /** The operator may not do what {@code Restore} needs. */
  static final String FORBIDDEN = "RestoreForbidden";

  /** The Secret for the environment variables cannot be used. */
  private static final String SECRET_TAKEN = "BaselineSecretTaken";

  /** The right to the Secrets of the operator's own namespace. */
  static final String SECRETS = "create, get, list and delete secrets";

  private static final String NO_NAMESPACE =
      "deletionPolicy: Restore keeps environment values in the operator's own namespace, and it has"
          + " none: start it with --operator-namespace, or set deletionPolicy: Retain";

  private static final String PATCH = "patch lambdafunctionconfigs.lambdaconfig.dev";

  private static final Duration AFTER_CHANGE = Duration.ofMillis(500);

  /** Roles are mended without notice. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  /** What a former Secret holds is needed on deletion only. */
  private static final Duration AFTER_UNREAD = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(BaselineGate.class);

  private final RestoreFinalizer finalizer;
  private final BaselineSecrets secrets;
  private final FormerBaselineSecrets formerly;
  private final OperatorMode mode;

  /** The resources whose former Secret cannot be read, with when that was last tried. */
  private final Map<String, Instant> unread = new ConcurrentHashMap<>();

  BaselineGate(
      RestoreFinalizer finalizer,
      BaselineSecrets secrets,
      FormerBaselineSecrets former,
      OperatorMode mode) {
    this.finalizer = finalizer;
    this.secrets = secrets;
    this.formerly = former;
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
    moveValues(pass);
    pass.keeping(pass.baselineSeen());
    if (!(pass.decision() instanceof Decision.Update) || RestoreFinalizer.isOn(resource)) {
      return true;
    }
    try {
      finalizer.add(resource);
      return false;
    } catch (KubernetesClientException e) {
      decideForbidden(pass, e, PATCH, pass.resource().getMetadata().getNamespace());
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
          new Decision.InProgress(
              NextStatus.RESTORING, "the finalizers changed; trying again", AFTER_CHANGE));
    } catch (KubernetesClientException e) {
      decideForbidden(pass, e, PATCH, pass.resource().getMetadata().getNamespace());
    }
    return false;
  }

  /**
   * Makes environment variables safe right before an update that can change them, or decides in the
   * pass why that cannot be.
   *
   * @return whether the update may be sent
   */
  boolean secureValues(Pass pass, Decision.Update update) {
    pass.confirmValues();
    LambdaFunctionConfig resource = pass.resource();
    Baseline before = pass.baseline();
    if (pass.isRestoring()
        || !mode.restores(pass.spec())
        || !(before.isProvisional() || before.lacksVariablesFor(update.plan(), pass.managed()))) {
      return true;
    }
    Baseline after =
        before.securing(pass.managed(), pass.function(), BaselineSecrets.nameFor(resource));
    if (after.secretName() == null) {
      pass.keeping(after);
      return true;
    }
    if (secrets.namespace() == null) {
      pass.decide(new Decision.Stalled(FORBIDDEN, NO_NAMESPACE, AFTER_REFUSAL));
      return false;
    }
    try {
      return switch (secrets.keep(
          resource, pass.function().environment(), before.isProvisional())) {
        case BaselineSecrets.Kept kept -> keeping(pass, after);
        case BaselineSecrets.KeptBefore kept -> keeping(pass, after.confirmed());
        case BaselineSecrets.Refused(String why) -> {
          pass.decide(new Decision.Stalled(SECRET_TAKEN, why, AFTER_REFUSAL));
          yield false;
        }
      };
    } catch (KubernetesClientException e) {
      decideForbidden(pass, e, SECRETS, secrets.namespace());
      return false;
    }
  }

  private static boolean keeping(Pass pass, Baseline taken) {
    pass.keeping(taken);
    return true;
  }

  /** Drops what was kept for an update that was never applied, once the status tells so. */
  void dropValues(Pass pass) {
    if (pass.baseline().secretName() != null
        || !(pass.hasDroppedValues() || secrets.isKept(pass.uid()))) {
      return;
    }
    try {
      secrets.delete(pass.uid());
    } catch (KubernetesClientException e) {
      // The next look for what nobody needs finds it.
      LOG.atWarn()
          .addKeyValue("secret", BaselineSecrets.nameFor(pass.resource()))
          .addKeyValue("code", e.getCode())
          .log("a baseline that is not needed cannot be deleted");
    }
  }

  /** Forgets a resource that is gone. */
  void forget(String uid) {
    unread.remove(uid);
  }

  /**
   * Takes over what an earlier version kept in the namespace of the resource. Where that cannot be
   * read the resource is kept as before; only its deletion has to wait for the right.
   */
  private void moveValues(Pass pass) {
    LambdaFunctionConfig resource = pass.resource();
    String told = pass.baseline().secretName();
    String own = BaselineSecrets.nameFor(resource);
    if (told == null || told.equals(own) || secrets.namespace() == null || isTriedInVain(pass)) {
      return;
    }
    try {
      boolean former = told.equals(FormerBaselineSecrets.nameFor(resource));
      if (former && secrets.read(resource) == null) {
        Map<String, String> values = formerly.read(resource);
        if (values == null || !secrets.take(resource, values)) {
          unread.put(pass.uid(), pass.now());
          return;
        }
      }
      if (former) {
        formerly.delete(resource);
      }
      unread.remove(pass.uid());
      pass.keeping(pass.baseline().keptIn(own));
    } catch (KubernetesClientException e) {
      if (unread.put(pass.uid(), pass.now()) == null) {
        pass.reporter().valuesNotMoved(told, e.getCode(), secrets.namespace());
      }
    }
  }

  private boolean isTriedInVain(Pass pass) {
    Instant tried = unread.get(pass.uid());
    return tried != null && pass.now().isBefore(tried.plus(AFTER_UNREAD));
  }

  private static void decideForbidden(
      Pass pass, KubernetesClientException e, String right, String namespace) {
    if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
      throw e;
    }
    pass.decide(new Decision.Stalled(FORBIDDEN, forbidden(right, namespace), AFTER_REFUSAL));
  }

  static String forbidden(String right, String namespace) {
    return "deletionPolicy: Restore needs the right to "
        + right
        + " in namespace "
        + namespace
        + ", and RBAC does not grant it to the operator: set restore.enabled in the Helm chart, or"
        + " kubectl apply -f deploy/restore-rbac.yaml, or set deletionPolicy: Retain";
  }
}
