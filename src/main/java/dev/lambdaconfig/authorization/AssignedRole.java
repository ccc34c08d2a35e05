package dev.lambdaconfig.authorization;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a policy that assigns an IAM role to the resources of some namespaces.
 *
 * @param entry the entry for messages, such as {@code identities[0]}
 * @param namespaces the namespaces that it is for
 * @param roleArn the ARN of the role
 * @param externalId the ExternalId that the role's trust policy requires, or null
 */
public record AssignedRole(
    String entry, List<NamePattern> namespaces, String roleArn, @Nullable String externalId) {

  /** Whether the entry is for a namespace. */
  boolean isFor(String namespace) {
    return namespaces.stream().anyMatch(pattern -> pattern.matches(namespace));
  }

  /** Not the ExternalId: it is known to those only who write the file. */
  @Override
  public String toString() {
    return "AssignedRole[" + entry + ", " + roleArn + "]";
  }
}
