package dev.lambdaconfig.controller.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A resource of a test, its status, and what a reconcile of it starts from. */
public final class ManagedResource {

  /** The time of all reconciles. */
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** The resolution of an operator whose default Region is eu-west-1. */
  public static final Targets TARGETS =
      new Targets(new KnownRegions(Set.of(), SdkRegions::all, "eu-west-1"));

  /** The authorization of an operator without a policy file. */
  public static final Authorization ALLOWED = new Authorization(() -> Policy.ALLOW_ALL, TARGETS);

  public final LambdaFunctionConfig resource = new LambdaFunctionConfig();
  public final LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
  public final ResourceState state;
  private Instant now = NOW;
  private boolean requested;
  private boolean queued;

  /** A resource {@code team-a/orders} of generation 1; flow YAML will do for the spec. */
  public ManagedResource(String spec) {
    this("team-a", "orders", spec);
  }

  /** A resource of generation 1; flow YAML will do for the spec. */
  public ManagedResource(String namespace, String name, String spec) {
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(name);
    resource.getMetadata().setUid("uid-of-" + namespace + "-" + name);
    resource.getMetadata().setGeneration(1L);
    resource.getMetadata().setResourceVersion("1");
    resource.getMetadata().setCreationTimestamp(NOW.toString());
    resource.setSpec(parsed(spec));
    state = new ResourceState(resource);
  }

  /** Any spec, as the API server stores it: {@code functionName: fn} where it names none. */
  private static @Nullable LambdaFunctionConfigSpec parsed(String spec) {
    ObjectNode tree = TestSpecs.tree(spec);
    if (!tree.has("functionName")) {
      tree.put("functionName", "fn");
    }
    return Serialization.unmarshal("{\"spec\": " + tree + "}", LambdaFunctionConfig.class)
        .getSpec();
  }

  /** The same resource with another spec, of the next generation. */
  public ManagedResource declare(String spec) {
    resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
    resource.setSpec(parsed(spec));
    return this;
  }

  /** The same resource, created some seconds after the others. */
  public ManagedResource younger() {
    resource.getMetadata().setCreationTimestamp(NOW.plusSeconds(5).toString());
    return this;
  }

  /** The same resource, deleted now, and held by these finalizers. */
  public ManagedResource deleted(String... finalizers) {
    resource.getMetadata().setDeletionTimestamp(NOW.toString());
    resource.getMetadata().setFinalizers(List.of(finalizers));
    return this;
  }

  /** The same resource, of which somebody asked for a reconcile. */
  public ManagedResource requested() {
    requested = true;
    return this;
  }

  /** The same resource, whose announced update has waited for its turn. */
  public ManagedResource queued() {
    queued = true;
    return this;
  }

  /** The same resource, reconciled at this time. */
  public ManagedResource at(Instant time) {
    now = time;
    return this;
  }

  /** The same resource with a condition of the present generation in its status. */
  public ManagedResource with(String type, String value, String reason) {
    status.conditions =
        new ArrayList<>(Objects.requireNonNullElse(status.conditions, List.<StatusCondition>of()));
    status.conditions.add(new StatusCondition(type, value, 1L, NOW.toString(), reason, ""));
    return this;
  }

  public String uid() {
    return resource.getMetadata().getUid();
  }

  /** What a reconcile of the resource starts from. */
  public Reconciliation reconciliation() {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    boolean unreadable = spec == null || spec.unreadable() != null;
    Target target = spec == null || unreadable ? null : TARGETS.resolve(spec).target();
    Desired desired = spec == null || unreadable ? null : Desired.of(spec);
    return new Reconciliation(
        resource,
        PreviousStatus.by(status),
        state,
        desired == null || !desired.problems().isEmpty() ? null : desired,
        target,
        resource.isMarkedForDeletion()
            ? Purpose.RESTORE
            : spec != null && spec.observes() ? Purpose.OBSERVE : Purpose.ENFORCE,
        requested,
        queued,
        now);
  }

  /** The first step of that reconcile. */
  public Step start() {
    return Step.start(reconciliation());
  }

  /** A step that has read the function, and decided by it and by what the status says. */
  public Step read(String function) {
    Reconciliation reconciliation = reconciliation();
    Answer answer = new Answer.Described(TestSpecs.function(function));
    DecisionInput input =
        DecisionInput.of(
                PreviousStatus.by(status)
                    .continued(
                        reconciliation.managed(), resource, 1, Map.of(), UnaryOperator.identity()),
                1,
                new DecisionInput.Options(Duration.ofMinutes(1), false),
                now,
                0.5)
            .with(PreviousStatus.by(status).history(), RetryState.NONE);
    return Step.start(reconciliation)
        .afterRead()
        .answered(answer, Decider.afterRead(input, answer));
  }

  /** A step that has read the function, and decided on the update that it needs. */
  public Step planned(String function) {
    return planned(TestSpecs.function(function));
  }

  /** A step that has read the function, and decided on the update that it needs. */
  public Step planned(ObservedFunction function) {
    Plan plan = Diff.between(reconciliation().managed(), function);
    Decision update = new Decision.Update(plan, function.revisionId(), Cause.SpecChanged);
    Step read = start().afterRead();
    return read.answered(
        new Answer.Described(function),
        new Judgement(update, plan, read.history(), read.retryState()));
  }
}
