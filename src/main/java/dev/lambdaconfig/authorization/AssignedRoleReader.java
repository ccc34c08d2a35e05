package dev.lambdaconfig.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a policy that assign roles to namespaces, as strictly as the rules. */
final class AssignedRoleReader {

  /** The members of an entry. */
  static final List<String> MEMBERS = List.of("namespaces", "role", "externalId");

  private static final String EXAMPLE =
      "{namespaces: [team-a], role: \"arn:aws:iam::123456789012:role/team-a\", externalId: ...}";

  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-zA-Z-]{0,20}:iam::[0-9]{12}:role/[a-zA-Z_0-9+=,.@/-]{1,576}");

  /** AWS's characters and lengths of an ExternalId (docs/aws.md#assume-role). */
  private static final Pattern EXTERNAL_ID = Pattern.compile("[a-zA-Z_0-9+=,.@:/-]{2,1224}");

  private final PolicyReader policy;

  AssignedRoleReader(PolicyReader policy) {
    this.policy = policy;
  }

  List<AssignedRole> read(JsonNode items, String path) {
    List<AssignedRole> roles = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      AssignedRole role = role(items.get(i), path + "[" + i + "]");
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }

  private @Nullable AssignedRole role(JsonNode item, String path) {
    if (!item.isObject()) {
      policy.problem(path + " must be a map, such as " + EXAMPLE);
      return null;
    }
    policy.requireKnown(item, MEMBERS, path, "an identity has ");
    List<NamePattern> namespaces = policy.namespaces(item, path);
    String role = text(item, "role");
    String externalId = text(item, "externalId");
    if (role == null || !ROLE.matcher(role).matches()) {
      policy.problem(
          path + ".role must be the ARN of a role, such as arn:aws:iam::123456789012:role/team-a");
    }
    boolean invalid =
        item.has("externalId")
            && (externalId == null || !EXTERNAL_ID.matcher(externalId).matches());
    if (invalid) {
      policy.problem(
          path
              + ".externalId must be a string of 2 to 1224 letters, digits and _+=,.@:/-, in quotes"
              + " if it has digits only; remove it if the role's trust policy requires none");
    }
    return namespaces == null || role == null || invalid
        ? null
        : new AssignedRole(path, namespaces, role, externalId);
  }

  private static @Nullable String text(JsonNode item, String name) {
    return item.path(name).isTextual() ? item.path(name).textValue() : null;
  }
}
