package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.controller.gate.IdentityGate;
import dev.lambdaconfig.controller.ownership.ArrivingNamespaces;
import dev.lambdaconfig.controller.ownership.Claimants;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.report.DriftTimer;
import dev.lambdaconfig.controller.report.SourceReporter;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.ReferencedValues;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.controller.restore.BaselineGate;
import dev.lambdaconfig.controller.restore.BaselineValuesGate;
import dev.lambdaconfig.controller.restore.FinalizerGate;
import dev.lambdaconfig.controller.restore.FinalizerRelease;
import dev.lambdaconfig.controller.restore.KeptVariables;
import dev.lambdaconfig.controller.restore.RestoreDeadline;
import dev.lambdaconfig.controller.restore.RestorePolicy;
import dev.lambdaconfig.controller.restore.RestoreWorkflow;
import dev.lambdaconfig.controller.restore.UnheldDeletion;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.rollout.ConcurrencyGate;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.controller.trigger.FunctionEventSource;
import dev.lambdaconfig.controller.trigger.GrantNotifier;
import dev.lambdaconfig.controller.trigger.PeerEventSource;
import dev.lambdaconfig.controller.trigger.PolicyTrigger;
import dev.lambdaconfig.controller.trigger.ReconcileFailures;
import dev.lambdaconfig.controller.trigger.RequeueTimer;
import dev.lambdaconfig.controller.trigger.ResourceTrigger;
import dev.lambdaconfig.controller.trigger.StatusCorrections;
import dev.lambdaconfig.controller.trigger.SweepReporter;
import dev.lambdaconfig.controller.trigger.Triggers;
import dev.lambdaconfig.controller.trigger.WorkQueueAge;
import dev.lambdaconfig.controller.update.DecisionContext;
import dev.lambdaconfig.controller.update.FunctionObserver;
import dev.lambdaconfig.controller.update.FunctionUpdater;
import dev.lambdaconfig.controller.update.RefusalCheck;
import dev.lambdaconfig.controller.update.Sightings;
import dev.lambdaconfig.controller.update.UpdateSender;
import dev.lambdaconfig.controller.update.WarmStart;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.identity.TenantIdentities;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineCollector;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.timing.LongRuns;
import dev.lambdaconfig.timing.TaskThread;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.values.ReadPlaces;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The controller, wired: every object of it is made here, once, with all that it needs. */
public final class ControllerModule implements StateSizes.Source, AutoCloseable {

  private final OperatorSettings settings;
  private final Timing timing;
  private final RateLimitedLambda lambda;
  private final StatusStore statuses;
  private final BooleanSupplier leads;
  private final ResourceStates states = new ResourceStates();
  private final WorkQueueAge queueAge;
  private final LongRuns<ResourceID> longReconciles;
  private final RequeueTimer timer;
  private final Targets targets;
  private final ResourceCache cache;
  private final ReferencedValues values;
  private final ChangeReporter changes;
  private final DriftTimer drifts;
  private final FleetSweeper sweeper;
  private final GrantNotifier grants;
  private final Authorization authorization;
  private final TaskThread news = new TaskThread("owner-changes");
  private final Claims claims;
  private final TenantIdentities identities;
  private final PolicyTrigger policies;
  private final CircuitBreakers breakers;
  private final RestoreFinalizer finalizer;
  private final BaselineSecrets secrets;
  private final FormerBaselineSecrets former;
  private final BaselineCollector baselines;
  private final LambdaFunctionConfigReconciler reconciler;

  /** Wires a controller, which does nothing before the framework runs it. */
  public ControllerModule(Neighbours neighbours, OperatorSettings settings, Timing timing) {
    this.settings = settings;
    this.timing = timing;
    this.lambda = neighbours.lambda();
    this.statuses = neighbours.statuses();
    this.leads = neighbours.leads();

    queueAge = new WorkQueueAge(timing.nanos());
    longReconciles = new LongRuns<>("reconcile", timing.nanos());
    timer = new RequeueTimer(queueAge, timing.nanos());
    ResourceTrigger trigger = new ResourceTrigger(states, timer);
    targets = new Targets(settings.regions());
    cache = new ResourceCache(targets);
    SourceReporter sources = new SourceReporter(trigger::changed, cache::get, neighbours.events());
    ReadPlaces places = new ReadPlaces(timing.nanos(), trigger::granted);
    values = new ReferencedValues(neighbours.values().apply(sources), places);
    changes = new ChangeReporter(neighbours.events());
    drifts = new DriftTimer(neighbours.listeners().reconciles(), timing.nanos());
    SweepReporter sweeps =
        new SweepReporter(states, cache, neighbours.events(), neighbours.listeners().rounds());
    identities = new TenantIdentities(neighbours.identities(), timing, trigger::trigger);
    var listener = new FunctionEventSource(trigger, drifts, sweeps, timing.random());
    sweeper =
        new FleetSweeper(lambda, identities::shared, settings.sweepInterval(), timing, listener);
    grants = new GrantNotifier(lambda, trigger::granted);

    authorization = new Authorization(settings.policy(), targets, settings.identityRequired());
    Claimants claimants = new Claimants(cache, settings.mode(), authorization, lambda);
    claims = new Claims(claimants, lambda, trigger.forClaims(news), timing.nanos());
    policies = new PolicyTrigger(authorization, cache, claims, trigger::trigger);
    breakers = new CircuitBreakers(timing.nanos(), trigger::trigger, changes);
    finalizer = new RestoreFinalizer(neighbours.client());
    String own = settings.operatorNamespace();
    secrets = new BaselineSecrets(neighbours.client(), own, timing.clock());
    former = new FormerBaselineSecrets(neighbours.client());
    baselines = new BaselineCollector(neighbours.client(), secrets, settings.namespaces());
    reconciler = reconciler();
  }

  private LambdaFunctionConfigReconciler reconciler() {
    ResourceRelease release =
        new ResourceRelease(
            states,
            new ResourceRelease.Releases(
                this::unread, claims::forget, identities::forget, values::forget),
            breakers,
            statuses,
            secrets);
    Consumer<LambdaFunctionConfig> unheld =
        new UnheldDeletion(settings.mode(), baselines::isGone, changes)::deleted;
    ResourceLifetimes lifetimes =
        new ResourceLifetimes(
            cache,
            states,
            release,
            unheld.andThen(baselines::gone),
            values.forgetting(timer::forget));
    var reactions = new PeerEventSource.Reactions(baselines::start, lifetimes::forget);
    PeerEventSource peers = new PeerEventSource(claims, cache, states, leads, reactions);
    return new LambdaFunctionConfigReconciler(
        dispatcher(release),
        new ReconcileFailures(changes, timing.random()),
        lifetimes,
        new Triggers(peers, timer, queueAge, longReconciles, drifts),
        leads);
  }

  private void unread(String uid) {
    sweeper.forget(uid);
    lambda.forget(uid);
    claims.rest(uid);
  }

  private ReconcileDispatcher dispatcher(ResourceRelease release) {
    BaselineValuesGate baselineValues = new BaselineValuesGate(secrets, statuses, settings.mode());
    FinalizerRelease finalizers = new FinalizerRelease(finalizer, changes);
    ConflictBackoff conflicts = new ConflictBackoff(timing.random());
    StatusReporter reporter =
        new StatusReporter(statuses, changes, drifts, conflicts, baselineValues::dropUnneeded);
    DecisionContext context =
        new DecisionContext(
            sweeper::lookInterval, settings.mode(), settings.allowUnguarded(), timing.random());
    Gate identity = new IdentityGate(identities, authorization, claims, release::unwatch);
    Gates gates =
        Gates.inOrder(
            new Gates.Rules(targets, authorization, identity, claims, values),
            new Gates.Restoration(
                finalizers,
                new BaselineGate(secrets, former, settings.mode(), changes),
                new FinalizerGate(finalizer, settings.mode(), conflicts),
                baselineValues),
            new Gates.Consequences(reporter, changes, release),
            new WarmStart(sweeper, claims, context, timing),
            breakers);
    ReconcileWorkflow workflow = workflow(gates, reporter, context);
    RestoreWorkflow restores =
        new RestoreWorkflow(
            Gate.allOf(List.of(identity, workflow::decide)),
            new RestorePolicy(claims, targets, settings.mode(), authorization),
            new KeptVariables.Reader(secrets, former),
            new RestoreDeadline(settings.restoreTimeout(), timing.nanos()),
            finalizers);
    var references = new ReconciliationFactory.References(targets, values, authorization);
    return new ReconcileDispatcher(
        new ReconciliationFactory(statuses, references, breakers, identities, timing.clock()),
        breakers,
        workflow,
        restores,
        reporter);
  }

  private ReconcileWorkflow workflow(
      Gates gates, StatusReporter reporter, DecisionContext context) {
    Sightings sightings = new Sightings(sweeper);
    UpdateSender sender =
        new UpdateSender(
            lambda,
            new RefusalCheck(lambda),
            breakers,
            changes,
            new UpdateSender.Observing(sightings, context));
    return new ReconcileWorkflow(
        gates,
        new FunctionObserver(lambda, sightings, claims, context),
        // The place of an update counts as taken when it is about to be sent, not while it waits.
        new FunctionUpdater(lambda, reporter, new ConcurrencyGate(breakers), sender),
        breakers,
        reporter);
  }

  /** The controller's face to the framework. */
  public LambdaFunctionConfigReconciler face() {
    return reconciler;
  }

  /**
   * Reconciles all resources, when the operator no longer stands by, and looks for what a deletion
   * left behind meanwhile. The timer triggers them: it tries again where the framework refuses one.
   */
  public void lead() {
    cache
        .list()
        .map(ResourceID::fromResource)
        .forEach(id -> timer.scheduleAtTheLatest(id, Duration.ZERO));
    baselines.checkNow();
  }

  /**
   * Reconciles the resources on which the policy in force and an earlier one disagree; not while
   * the operator stands by, which reconciles all of them when it leads.
   */
  public void policyChanged(Policy before) {
    if (leads.getAsBoolean()) {
      policies.changed(before);
    }
  }

  /** The namespaces that come to be watched after the start. */
  public ArrivingNamespaces arrivals() {
    return new ArrivingNamespaces(cache, claims);
  }

  /** The state of the controller as seen from outside. */
  public ControllerView view() {
    OperatorMode mode = settings.mode();
    return new LiveView(
        cache, sweeper, breakers, statuses, values, baselines, queueAge, mode, timing.clock());
  }

  @Override
  public void sizes(StateSizes sizes) {
    List.<StateSizes.Source>of(states, queueAge, timer, cache, sweeper, claims, values, identities)
        .forEach(source -> source.sizes(sizes));
    breakers.sizes(sizes);
    statuses.sizes(sizes);
    secrets.sizes(sizes);
  }

  /** The corrections of statuses that others change. */
  public StatusCorrections corrections() {
    return new StatusCorrections(statuses, timer);
  }

  /** Sweeps no more, and triggers nothing. */
  @Override
  public void close() {
    values.close();
    sweeper.close();
    grants.close();
    news.close();
    identities.close();
    baselines.close();
    longReconciles.close();
  }
}
