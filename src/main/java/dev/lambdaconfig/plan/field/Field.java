package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest thing that a manifest can manage.
 *
 * @param path its path in the spec, such as {@code vpcConfig.subnetIds}
 * @param at its path inside its member of the request; empty where it is the member itself
 * @param shape how two of its values are compared
 * @param clearing what {@code ""}, {@code []} or {@code {}} does to it
 * @param defaultValue what AWS has where nobody set it
 */
public record Field(
    String path, List<String> at, Shape shape, Clearing clearing, Default defaultValue) {

  /** How two values are compared. */
  public enum Shape {
    /** As they are; lists in their order. */
    PLAIN,
    /** As sets: AWS may answer the items in any order. */
    UNORDERED,
    /** File systems: entry by entry, by what the spec names of each ({@link Mounts}). */
    MOUNTS,
    /** Environment variables: key by key, and never printed. */
    VARIABLES
  }

  /** What an explicit empty does. */
  public enum Clearing {
    /** It cannot be cleared: a manifest that tries is refused. */
    REFUSED,
    /** It is sent as the empty string or list. */
    SENT_EMPTY,
    /** It is left out of its member, which AWS replaces as a whole. */
    OMITTED,
    /** It is sent as what AWS has where nobody set it. */
    SENT_DEFAULT
  }

  /** What AWS has where nobody set the field. */
  public interface Default {
    /** Nothing: the answer lacks it, or has it empty. */
    Default NOTHING = (functionName, member) -> null;

    /** Always the same value. */
    static Default at(Value value) {
      return (functionName, member) -> value;
    }

    /**
     * The value.
     *
     * @param functionName the bare name of the function
     * @param member the member that the field is part of, as observed or as it is to become
     */
    @Nullable Value of(String functionName, @Nullable Value member);
  }

  /** Paths are unique, and fields are looked up all the time. */
  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** The field within its member, or null where it is absent. */
  public @Nullable Value in(@Nullable Value member) {
    if (at.isEmpty()) {
      return member;
    }
    return member instanceof Structure structure ? structure.at(at.toArray(String[]::new)) : null;
  }

  /** What is compared with a value of a spec: all of it, or what the spec names of its entries. */
  public @Nullable Value asNamedBy(Value wanted, @Nullable Value found) {
    return shape == Shape.MOUNTS ? Mounts.asNamedBy(wanted, found) : found;
  }

  /**
   * What is sent for a value of a spec: what its entries do not name stays as the function has it.
   */
  public Value sent(Value wanted, @Nullable Value live) {
    return shape == Shape.MOUNTS ? Mounts.merged(wanted, live) : wanted;
  }

  /** What makes the field again what it was when it was read. */
  public Value restored(Value was) {
    return shape == Shape.MOUNTS ? Mounts.whole(was) : was;
  }

  /** The form in which values are compared: absent, empty and AWS's default are all the same. */
  public @Nullable Value normal(
      @Nullable Value value, String functionName, @Nullable Value member) {
    Value known = value == null || value.isEmpty() ? defaultValue.of(functionName, member) : value;
    if (known instanceof Items items) {
      return switch (shape) {
        case UNORDERED ->
            new Items(
                items.items().stream()
                    .distinct()
                    .sorted(Comparator.comparing(Value::toString))
                    .toList());
        case MOUNTS -> Mounts.normal(items);
        case PLAIN, VARIABLES -> items;
      };
    }
    return known;
  }
}
