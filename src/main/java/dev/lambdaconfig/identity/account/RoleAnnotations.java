package dev.lambdaconfig.identity.account;

import dev.lambdaconfig.identity.account.ServiceAccounts.ServiceAccount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The annotations by which a ServiceAccount names its IAM role, as those of IAM roles for service
 * accounts (docs/aws.md#web-identity).
 *
 * @param uid the UID of the ServiceAccount
 */
public record RoleAnnotations(String uid, String roleArn, String audience) {

  /** The annotation of the role. */
  public static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

  /** The annotation of the audience of the token. */
  public static final String AUDIENCE = "eks.amazonaws.com/audience";

  private static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

  /**
   * Audiences are names and URLs. One becomes part of the command that a message recommends to the
   * administrators of an account, so nothing in it may mean anything to a shell.
   */
  private static final Pattern AUDIENCES = Pattern.compile("[a-zA-Z0-9._~:/@%+=,-]{1,255}");

  private static final Pattern ROLE =
      Pattern.compile("arn:(aws[a-zA-Z-]{0,20}):iam::([0-9]{12}):role/[a-zA-Z_0-9+=,.@/-]{1,576}");

  /** The annotations, or what is wrong with them. */
  public record Reading(@Nullable RoleAnnotations annotations, @Nullable Problem problem) {}

  /** Reads the annotations of a ServiceAccount for calls to a Region, which is in a partition. */
  public static Reading of(ServiceAccount account, String region, String partition) {
    String role = account.annotations().getOrDefault(ROLE_ARN, "").strip();
    String audience = account.annotations().getOrDefault(AUDIENCE, "").strip();
    if (role.isEmpty()) {
      return new Reading(null, IdentityProblems.notAnnotated(account, partition));
    }
    Matcher arn = ROLE.matcher(role);
    if (!arn.matches()) {
      return new Reading(null, IdentityProblems.noRole(account, role, partition));
    }
    if (!arn.group(1).equals(partition)) {
      return new Reading(
          null, IdentityProblems.otherPartition(account, arn.group(1), region, partition));
    }
    if (!audience.isEmpty() && !AUDIENCES.matcher(audience).matches()) {
      return new Reading(null, IdentityProblems.invalidAudience(account));
    }
    return new Reading(
        new RoleAnnotations(account.uid(), role, audience.isEmpty() ? DEFAULT_AUDIENCE : audience),
        null);
  }

  /** The account that the annotation names, which STS has not confirmed. */
  public String account() {
    return roleArn.split(":", -1)[4];
  }

  /** The partition of the role. */
  public String partition() {
    return roleArn.split(":", -1)[1];
  }
}
