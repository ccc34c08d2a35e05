package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.account.AccountQuotas;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.aws.sweep.SweepState;
import dev.lambdaconfig.controller.ControllerView;
import dev.lambdaconfig.controller.report.ReconcileListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All metrics of an operator, in Prometheus's text format. Listeners record what happens; gauges
 * read the state of the operator at each scrape.
 */
public final class OperatorMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RegionLabels regions = new RegionLabels();
  private final CallMetrics calls = CallMetrics.ofLambda(registry, regions);
  private final CallMetrics stsCalls = CallMetrics.ofSts(registry, regions);
  private final RateLimiterMetrics budgets = new RateLimiterMetrics(registry, regions);
  private final SweepMetrics sweeps = new SweepMetrics(registry, regions);
  private final ReconcileMetrics passes = new ReconcileMetrics(registry);
  private final ResourceMetrics resources = new ResourceMetrics(registry, System::nanoTime);
  private final LabelledGauge pauses =
      new LabelledGauge(
          registry,
          "lambdaconfig.updates.paused",
          null,
          "1 while updates are paused because too many failed for the same reason, else 0.",
          Math::max);
  private final LabelledGauge pausedNamespaces =
      new LabelledGauge(
          registry,
          "lambdaconfig.updates.paused.namespaces",
          null,
          "Namespaces whose updates are paused because too many of their own failed.",
          Double::sum);
  private @Nullable Looked looked;

  private record Looked(AccountQuotas accounts, ControllerView view, BooleanSupplier leads) {}

  /** Creates the metrics of the process; {@link #watch} adds those of the operator. */
  public OperatorMetrics() {
    ProcessMetrics.bindTo(registry);
  }

  /** Returns the listener for calls to Lambda. */
  public CallListener calls() {
    return calls;
  }

  /** Returns the listener for calls to STS. */
  public CallListener stsCalls() {
    return stsCalls;
  }

  /** Returns the listener for calls that wait for a permit. */
  public WaitListener waits() {
    return budgets;
  }

  /** Returns the listener for sweeps. */
  public RoundListener rounds() {
    return sweeps;
  }

  /** Returns the listener for reconciles. */
  public ReconcileListener passes() {
    return passes;
  }

  /** Adds the metric of the policy file, which each scrape reads. */
  public void watch(BooleanSupplier policyFileInForce) {
    Gauge.builder(
            "lambdaconfig.policy.file.in.force",
            policyFileInForce,
            inForce -> inForce.getAsBoolean() ? 1 : 0)
        .description("1 if the policy file is in force as it is, 0 while an earlier one is.")
        .strongReference(true)
        .register(registry);
  }

  /** Adds the metric of lost watches, which each scrape reads. */
  public void watchInformers(Supplier<Number> missing) {
    Gauge.builder("lambdaconfig.watches.missing", missing)
        .description(
            "Watches of LambdaFunctionConfigs, one for each namespace of --namespaces or one for"
                + " all, that have been lost for two minutes or for which a right is missing since"
                + " the start, so that new, changed and deleted resources are not seen.")
        .strongReference(true)
        .register(registry);
  }

  /**
   * Adds the metrics of an operator, which each scrape reads.
   *
   * @param leads whether it is the leader
   * @param workers the executor of its reconciles
   */
  public synchronized void watch(
      AccountQuotas accounts,
      ControllerView view,
      BooleanSupplier leads,
      ThreadPoolExecutor workers) {
    looked = new Looked(accounts, view, leads);
    Gauge.builder("lambdaconfig.leader", leads, leader -> leader.getAsBoolean() ? 1 : 0)
        .description("1 if this replica is the leader, 0 while it stands by.")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "lambdaconfig.oldest.unfinished.pass",
            view,
            operator -> operator.oldestUnfinishedReconcile().toMillis() / 1e3)
        .description("Time since the oldest unfinished reconcile was requested.")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "lambdaconfig.status.fields.missing",
            view,
            operator -> operator.missingStatusFields().size())
        .description(
            "Fields of the status that are not written, because the CustomResourceDefinition is"
                + " older than the operator.")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "lambdaconfig.spec.members.hidden",
            view,
            operator -> operator.hiddenSpecMembers().size())
        .description(
            "Members of specs that the CustomResourceDefinition hides, because it is older than the"
                + " operator: nothing is written.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lambdaconfig.value.watches.missing", view, ControllerView::unwatchedSources)
        .description(
            "Watches of Secrets and ConfigMaps behind environment values that RBAC or the limit of"
                + " watches prevents, or that have failed for over 90 s, so that changes are"
                + " noticed late.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lambdaconfig.baselines.unchecked", view, ControllerView::uncheckedBaselines)
        .description(
            "Kept environment values of resources under deletionPolicy Restore that the last"
                + " hourly check could not read or delete; 1 where it could list none.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lambdaconfig.passes.running", workers, ThreadPoolExecutor::getActiveCount)
        .description("Running reconciles, at most --workers and two more for each Region.")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lambdaconfig.passes.queued", workers, pool -> pool.getQueue().size())
        .description("Reconciles that wait for a worker.")
        .strongReference(true)
        .register(registry);
  }

  /** Returns the current metrics. */
  public synchronized String scrape() {
    if (looked != null) {
      show(looked);
    }
    return registry.scrape();
  }

  private void show(Looked at) {
    List<SweepState> states = at.view().sweeps();
    Set<String> swept = states.stream().map(SweepState::region).collect(Collectors.toSet());
    Predicate<String> used = region -> swept.contains(region) || at.accounts().isUsed(region);
    Set<String> gone = regions.tidy(used);
    calls.forget(gone);
    stsCalls.forget(gone);
    budgets.show(at.accounts());
    sweeps.show(states);
    resources.show(at.view()::conditionCounts, at.leads().getAsBoolean());
    at.view().showPauses(this::addPause);
    pauses.show();
    pausedNamespaces.show();
    RegionLabels.remove(registry, gone);
  }

  private void addPause(String region, boolean all, int namespaces) {
    // A breaker can outlive the last resource of its Region.
    String label = regions.known(region);
    if (label != null) {
      Tags tags = Tags.of(RegionLabels.TAG, label);
      pauses.add(tags, all || namespaces > 0 ? 1 : 0);
      pausedNamespaces.add(tags, namespaces);
    }
  }
}
