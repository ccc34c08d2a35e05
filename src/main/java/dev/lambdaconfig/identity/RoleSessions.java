package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The port to STS, which also holds the credentials of all sessions by their keys: nothing else
 * sees them. Safe for use by many threads.
 */
public interface RoleSessions {

  /**
   * A request for a session.
   *
   * @param session the key by which its credentials are held from then on
   * @param region the Region whose STS is called
   * @param name the role session name, which CloudTrail shows
   * @param authority the right by which the role is assumed
   */
  record Request(
      String session,
      String region,
      String roleArn,
      String name,
      Duration duration,
      Authority authority) {}

  /** The right by which a role is assumed. */
  sealed interface Authority {}

  /** The role trusts the ServiceAccount of a token, which is used once. */
  record ByToken(WebIdentityToken token) implements Authority {}

  /**
   * The role trusts the operator's own identity.
   *
   * @param externalId the ExternalId that the trust policy requires, or null
   * @param tags the session tags
   */
  record ByOperator(@Nullable String externalId, Map<String, String> tags) implements Authority {}

  /** The result of a request. */
  sealed interface Result {}

  /** The session began; {@code account} is the one of its role. */
  record Assumed(String account, Instant expiration) implements Result {}

  /** STS refused the request, or could not be reached. */
  record Refused(Failure failure) implements Result {}

  /** One {@code AssumeRoleWithWebIdentity} or {@code AssumeRole}. */
  Result assume(Request request);

  /** Whether the credentials of a session are held: AWS may have refused them since. */
  boolean isHeld(String session);

  /** Forgets the credentials of a session. */
  void forget(String session);

  /** Closes what is kept for the calls to the STS of a Region. */
  void unused(String region);

  /** The partition of a Region, such as {@code aws} or {@code aws-cn}. */
  String partition(String region);
}
