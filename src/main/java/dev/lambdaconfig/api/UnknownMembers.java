package dev.lambdaconfig.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of a spec that only a newer version of the operator knows, for an operator that was
 * rolled back.
 *
 * <p>An unknown setting is not managed, so it can be ignored, with two exceptions. A block with
 * unknown members only would then look like {@code {}}, which clears; it is removed instead. In the
 * environment, whose map is managed as a whole, an unknown member could have kept variables that
 * would now be removed; such a spec is refused.
 */
final class UnknownMembers {

  /** Maximum number of names that a message lists. */
  private static final int LISTED = 5;

  private static final Set<String> ENVIRONMENT = members(Environment.class);

  /** The members of each block of a spec, by the block's name. */
  private static final Map<String, Set<String>> BLOCKS =
      Arrays.stream(LambdaFunctionConfigSpec.class.getRecordComponents())
          .filter(component -> component.getType().isRecord())
          .collect(
              Collectors.toUnmodifiableMap(
                  RecordComponent::getName, component -> members(component.getType())));

  private UnknownMembers() {}

  /**
   * Removes the blocks without any known member, so that they are not managed.
   *
   * @param spec the spec as it is stored; changed in place
   * @return the message for a member that cannot be ignored, or null
   */
  static @Nullable String ignoredIn(ObjectNode spec) {
    JsonNode environment = spec.path("environment");
    List<String> unknown = unknown(environment, ENVIRONMENT);
    if (!unknown.isEmpty()) {
      return "spec.environment has members that this version of the operator does not know ("
          + listed(unknown)
          + "): upgrade the operator, or remove them";
    }
    BLOCKS.forEach(
        (name, known) -> {
          JsonNode block = spec.path(name);
          if (!block.isEmpty() && unknown(block, known).size() == block.size()) {
            spec.remove(name);
          }
        });
    return null;
  }

  private static String listed(List<String> names) {
    String first =
        names.stream().limit(LISTED).map(BoundedTree::shortened).collect(Collectors.joining(", "));
    return names.size() <= LISTED ? first : first + " and " + (names.size() - LISTED) + " more";
  }

  private static List<String> unknown(JsonNode block, Set<String> known) {
    List<String> unknown = new ArrayList<>();
    for (Iterator<String> names = block.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private static Set<String> members(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
