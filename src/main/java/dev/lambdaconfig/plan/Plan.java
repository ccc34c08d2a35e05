package dev.lambdaconfig.plan;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.FieldPaths;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The smallest update that makes a function what a spec declares.
 *
 * @param fields the paths of the fields that differ, in the order of the field table
 * @param differences the same for people, environment variables one by one
 * @param request the members to send, by the names of {@code UpdateFunctionConfiguration}: only
 *     those in which a field differs
 * @param unknown managed fields that AWS could not read, so that nobody knows whether they differ
 * @param merged whether the request repeats values of the function in fields that the spec does not
 *     manage: then it is only as good as the read that it was made from
 * @param left the paths of the fields and environment variables that differ and are left as they
 *     are, because their drift is ignored
 * @param blocked the fields that differ and that no update can make what the spec declares
 * @param taken by field, the names of entries that the request sets in a merged field
 */
public record Plan(
    List<String> fields,
    List<Difference> differences,
    SortedMap<String, Value> request,
    List<Unknown> unknown,
    boolean merged,
    List<String> left,
    List<Blocked> blocked,
    Map<String, List<String>> taken) {

  /** The plan that changes nothing. */
  public static final Plan NOTHING =
      new Plan(List.of(), List.of(), new TreeMap<>(), List.of(), false);

  public Plan {
    fields = List.copyOf(fields);
    differences = List.copyOf(differences);
    request = Collections.unmodifiableSortedMap(new TreeMap<>(request));
    unknown = List.copyOf(unknown);
    left = List.copyOf(left);
    blocked = List.copyOf(blocked);
    taken = Map.copyOf(taken);
  }

  /** A plan that sends all that differs, of fields that are not merged. */
  public Plan(
      List<String> fields,
      List<Difference> differences,
      SortedMap<String, Value> request,
      List<Unknown> unknown,
      boolean merged) {
    this(fields, differences, request, unknown, merged, List.of(), List.of(), Map.of());
  }

  /** Whether there is nothing to send. */
  public boolean isEmpty() {
    return request.isEmpty();
  }

  /** The paths of the fields that differ and that no update can correct. */
  public List<String> blockedFields() {
    return blocked.stream().map(Blocked::path).toList();
  }

  /** The paths that AWS could not read. */
  public List<String> unknownFields() {
    return unknown.stream().map(Unknown::path).toList();
  }

  /** The same without the update: only what is left as it is. */
  public Plan leftAsItIs() {
    List<Difference> kept =
        differences.stream()
            .filter(
                difference ->
                    left.stream().anyMatch(path -> FieldPaths.isWithin(path, difference.path())))
            .toList();
    return new Plan(List.of(), kept, new TreeMap<>(), List.of(), false, left, List.of(), Map.of());
  }

  /**
   * A field that differs and that no update can make what the spec declares.
   *
   * @param reason the machine-readable reason
   * @param message the limit, what exceeds it, and what to do
   */
  public record Blocked(String path, String reason, String message) {}

  /**
   * A managed member that AWS could not read (docs/aws.md#unreadable-members).
   *
   * @param path the path of the member in the spec
   * @param code AWS's error code
   * @param message AWS's message, unredacted
   */
  public record Unknown(String path, String code, String message) {
    @Override
    public String toString() {
      return "Unknown[" + path + ", " + code + "]";
    }
  }
}
