package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.resource.InMemoryCache;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.plan.TestSpecs;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A function that several resources name, before AWS has named the operator's own account. */
public final class ClaimedFunction {

  static final String HOME = "123456789012";

  private static final Answer DESCRIBED = new Answer.Described(TestSpecs.function("{}"));
  private static final Answer DENIED =
      new Answer.Failed(new Failure("AccessDeniedException", "no", 403, null));

  private final Map<ResourceID, LambdaFunctionConfig> cached = new HashMap<>();
  private long nanos;

  /** The UIDs of the resources that were triggered, in order. */
  final List<String> triggered = new ArrayList<>();

  /** The delays of those of them that are triggered later. */
  final List<Duration> delays = new ArrayList<>();

  /** Lambda, as the claims know it. */
  public final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new InMemoryLambda(),
          new InMemoryLambda(),
          new CallLimits(100),
          () -> 0,
          RateLimitedLambda.Listeners.NONE);

  /** The claims of the resources. */
  public final Claims claims;

  /** A function that these resources name. */
  public ClaimedFunction(ManagedResource... resources) {
    Stream.of(resources)
        .map(resource -> resource.resource)
        .forEach(resource -> cached.put(ResourceID.fromResource(resource), resource));
    ResourceCache cache = new ResourceCache(ManagedResource.TARGETS);
    cache.connect(new InMemoryCache(cached));
    claims =
        new Claims(
            new Claimants(cache, OperatorMode.ENFORCE, ManagedResource.ALLOWED, lambda),
            lambda,
            new Claims.ClaimTriggers(triggered::add, this::later, (delay, task) -> task.run()),
            () -> nanos);
  }

  private void later(String uid, Duration delay) {
    triggered.add(uid);
    delays.add(delay);
  }

  /** AWS describes the function to the reconcile of a resource of the operator's own identity. */
  public void isRead(ManagedResource resource) {
    claims.answered(resource.resource, null, DESCRIBED);
  }

  /** AWS denies the function to the reconcile of a resource of the operator's own identity. */
  void isDenied(ManagedResource resource) {
    claims.answered(resource.resource, null, DENIED);
  }

  /** AWS describes the function to a session of a tenant, whose account it is in. */
  void isReadBy(ManagedResource resource, String session) {
    claims.answered(resource.resource, identity(session), DESCRIBED);
  }

  /** AWS denies the function to a session of a tenant of its account. */
  void isDeniedTo(ManagedResource resource, String session) {
    claims.answered(resource.resource, identity(session), DENIED);
  }

  static Identity identity(String session) {
    return new Identity("team", "writer", HOME, session);
  }

  /** Lets time pass. */
  void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** The watch shows a change of the resource. */
  void isChanged(ManagedResource resource) {
    claims.created(resource.resource);
  }

  /** The resource is gone. */
  void isGone(ManagedResource resource) {
    cached.remove(ResourceID.fromResource(resource.resource));
    claims.rest(resource.uid());
    claims.forget(resource.resource);
  }
}
