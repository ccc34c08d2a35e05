package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.Problem;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;

/** The answer to asking for an identity. */
public sealed interface IdentityResolution {

  /** There is a session, and its ServiceAccount was read a moment ago. */
  record Usable(Identity identity) implements IdentityResolution {}

  /**
   * A worker is at it, or a call to STS has to wait for the rate limit. The resource is triggered
   * once more is known, and asks again after the delay at the latest.
   */
  record Pending(Duration delay) implements IdentityResolution {}

  /** There is no session. The next attempt is made after the delay. */
  record Failing(Problem problem, Duration delay) implements IdentityResolution {}
}
