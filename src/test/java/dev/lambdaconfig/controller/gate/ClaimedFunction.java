package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.Accounts;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A function that several resources name, before AWS has named the operator's own account. */
public final class ClaimedFunction {

  /** The UIDs of the resources that were triggered, in order. */
  final List<String> triggered = new ArrayList<>();

  /** Lambda, as the claims know it. */
  public final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new InMemoryLambda(),
          new InMemoryLambda(),
          new Accounts.Limits(100),
          () -> 0,
          RateLimitedLambda.Listeners.NONE);

  /** The claims of the resources. */
  public final Claims claims;

  /** A function that these resources name. */
  public ClaimedFunction(ManagedResource... resources) {
    claims =
        new Claims(
            ResourceCaches.of(
                Stream.of(resources)
                    .map(resource -> resource.resource)
                    .toArray(LambdaFunctionConfig[]::new)),
            OperatorMode.ENFORCE,
            ManagedResource.ALLOWED,
            lambda,
            triggered::add);
  }

  /** AWS describes the function to the reconcile of a resource. */
  void isRead(ManagedResource resource) {
    claims.answered(resource.resource, new Answer.Described(TestSpecs.function("{}")));
  }

  /** AWS denies the function to the reconcile of a resource. */
  void isDenied(ManagedResource resource) {
    claims.answered(
        resource.resource,
        new Answer.Failed(new Failure("AccessDeniedException", "no", 403, null)));
  }
}
