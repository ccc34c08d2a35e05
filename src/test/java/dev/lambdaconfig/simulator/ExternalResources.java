package dev.lambdaconfig.simulator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The resources outside Lambda. Each subnet, security group, layer and role exists and works unless
 * it is declared otherwise here; a declaration can be taken back.
 */
public final class ExternalResources {

  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Set<String> unassumableRoles = ConcurrentHashMap.newKeySet();
  private final Set<String> lackedPermissions = ConcurrentHashMap.newKeySet();
  private volatile int memoryLimit = 10240;

  ExternalResources() {}

  public ExternalResources missingSubnet(String id) {
    missing.add(id);
    return this;
  }

  public ExternalResources missingSecurityGroup(String id) {
    missing.add(id);
    return this;
  }

  /** Declares a layer version as missing, by its ARN. Functions that already use it keep it. */
  public ExternalResources missingLayer(String arn) {
    missing.add(arn);
    return this;
  }

  /**
   * Declares a role as one that Lambda cannot assume yet, as in the first seconds after its
   * creation (docs/aws.md#iam-and-kms-propagate).
   */
  public ExternalResources unassumableRole(String arn) {
    unassumableRoles.add(arn);
    return this;
  }

  /**
   * Takes a permission from a role, such as {@code "CreateNetworkInterface on EC2"} or {@code
   * "SendMessage on SQS"}.
   */
  public ExternalResources roleLacksPermission(String roleArn, String action) {
    lackedPermissions.add(roleArn + " " + action);
    return this;
  }

  public ExternalResources roleGetsPermission(String roleArn, String action) {
    lackedPermissions.remove(roleArn + " " + action);
    return this;
  }

  /** Declares an ID or ARN as existing and usable again. */
  public ExternalResources nowExists(String idOrArn) {
    missing.remove(idOrArn);
    unassumableRoles.remove(idOrArn);
    return this;
  }

  /** Sets the account's limit of memory in megabytes; it is 3008 in new accounts. */
  public ExternalResources memoryLimit(int megabytes) {
    memoryLimit = megabytes;
    return this;
  }

  boolean isMissing(String id) {
    return missing.contains(id);
  }

  boolean canBeAssumed(String roleArn) {
    return !unassumableRoles.contains(roleArn);
  }

  void requirePermission(String roleArn, String action) {
    if (lackedPermissions.contains(roleArn + " " + action)) {
      throw ApiError.invalidParameter(
          "The provided execution role does not have permissions to call " + action);
    }
  }

  int memoryLimit() {
    return memoryLimit;
  }
}
