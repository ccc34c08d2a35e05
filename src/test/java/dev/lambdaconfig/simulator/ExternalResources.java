package dev.lambdaconfig.simulator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What exists outside Lambda. Every subnet, security group, layer and role exists and works unless
 * declared otherwise here; a declaration can be taken back.
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

  /** Of a layer version's ARN. Functions that already use it keep it. */
  public ExternalResources missingLayer(String arn) {
    missing.add(arn);
    return this;
  }

  /** As for the first seconds after the creation of a role. */
  public ExternalResources unassumableRole(String arn) {
    unassumableRoles.add(arn);
    return this;
  }

  /** For example {@code "CreateNetworkInterface on EC2"}, {@code "SendMessage on SQS"}. */
  public ExternalResources roleLacksPermission(String roleArn, String action) {
    lackedPermissions.add(roleArn + " " + action);
    return this;
  }

  public ExternalResources roleGetsPermission(String roleArn, String action) {
    lackedPermissions.remove(roleArn + " " + action);
    return this;
  }

  /** Takes back whatever was declared missing or unassumable under this id or ARN. */
  public ExternalResources nowExists(String idOrArn) {
    missing.remove(idOrArn);
    unassumableRoles.remove(idOrArn);
    return this;
  }

  /** In megabytes; 3008 in new accounts. */
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
