package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.controller.report.ReconcileListener;
import dev.lambdaconfig.identity.TenantIdentities;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.values.SourceChangeListener;
import dev.lambdaconfig.values.ValueSources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The neighbours of the controller.
 *
 * @param values creates the sources of environment values, which notify a listener of changes
 * @param client for finalizers and Secrets, under {@code deletionPolicy: Restore} only
 * @param identities for resources that name a ServiceAccount only
 * @param leads whether this operator works; one that stands by keeps its cache and does nothing
 */
public record Neighbours(
    RateLimitedLambda lambda,
    StatusStore statuses,
    EventRecorder events,
    Function<SourceChangeListener, ValueSources> values,
    KubernetesClient client,
    TenantIdentities.Ports identities,
    Listeners listeners,
    BooleanSupplier leads) {

  /** The listeners that are notified of what happens, for metrics. */
  public record Listeners(ReconcileListener reconciles, RoundListener rounds) {

    /** Listeners that do nothing. */
    public static final Listeners NONE =
        new Listeners(ReconcileListener.NOBODY, RoundListener.NOBODY);
  }
}
