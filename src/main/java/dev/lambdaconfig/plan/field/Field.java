package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest unit that a manifest can manage.
 *
 * @param path its path in the spec, such as {@code vpcConfig.subnetIds}
 * @param at its path inside its member of the request; empty where it is the member itself
 * @param shape how two of its values are compared
 * @param clearing the effect of {@code ""}, {@code []} or {@code {}}
 * @param defaultValue AWS's default
 */
public record Field(
    String path, List<String> at, Shape shape, Clearing clearing, Default defaultValue) {

  /** The comparison of two values. */
  public enum Shape {
    /** Values are compared as they are; lists in their order. */
    PLAIN,
    /** Lists are compared as sets: AWS may return the items in any order. */
    UNORDERED,
    /**
     * File systems are compared entry by entry, in the members that the spec names ({@link
     * Mounts}).
     */
    MOUNTS,
    /** Layers are compared in their order, and can be merged by their ARN without version. */
    LAYERS,
    /** Environment variables are compared key by key, and never printed. */
    VARIABLES
  }

  /** The effect of an explicit empty value. */
  public enum Clearing {
    /** The field cannot be cleared: a manifest that tries is refused. */
    REFUSED,
    /** The field is sent as the empty string or list. */
    SENT_EMPTY,
    /** The field is left out of its member, which AWS replaces as a whole. */
    OMITTED,
    /** The field is sent with AWS's default. */
    SENT_DEFAULT
  }

  /** AWS's default of a field (docs/aws.md#defaults). */
  public interface Default {
    /** The default of a field that the answer lacks, or has empty, where nobody set it. */
    Default NOTHING = (functionName, member) -> null;

    /** A default that is the same for each function. */
    static Default at(Value value) {
      return (functionName, member) -> value;
    }

    /**
     * The default.
     *
     * @param functionName the bare name of the function
     * @param member the member that the field is part of, as observed or as it is to become
     */
    @Nullable Value of(String functionName, @Nullable Value member);
  }

  /** Hashes the path only: it is unique, and fields are looked up all the time. */
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

  /**
   * The part of an observed value to compare with a value of a spec: all of it, or the members that
   * the spec's entries name.
   */
  public @Nullable Value asNamedBy(Value wanted, @Nullable Value found) {
    return shape == Shape.MOUNTS ? Mounts.asNamedBy(wanted, found) : found;
  }

  /**
   * The value to send for a value of a spec: members that its entries do not name stay as the
   * function has them.
   */
  public Value sent(Value wanted, @Nullable Value live) {
    return shape == Shape.MOUNTS ? Mounts.merged(wanted, live) : wanted;
  }

  /**
   * The whole value with a spec's own entries and those of other writers.
   *
   * @param owned names of entries that the function loses, unless they are the spec's
   */
  public Value merged(Value own, Collection<String> owned, @Nullable Value live) {
    return switch (shape) {
      case LAYERS -> Layers.merged(own, owned, live);
      case VARIABLES -> Variables.merged(own, owned, live);
      case PLAIN, UNORDERED, MOUNTS -> own;
    };
  }

  /** The reason for which the function cannot have a merged value, or null. */
  public @Nullable String obstacle(Value own, Value merged) {
    return switch (shape) {
      case LAYERS -> Layers.obstacle(own, merged);
      case VARIABLES -> Variables.obstacle(own, merged);
      case PLAIN, UNORDERED, MOUNTS -> null;
    };
  }

  /** The names of the entries of a value. */
  public List<String> entries(@Nullable Value value) {
    return switch (shape) {
      case LAYERS -> Layers.arns(value);
      case VARIABLES -> List.copyOf(Variables.of(value).keySet());
      case PLAIN, UNORDERED, MOUNTS -> List.of();
    };
  }

  /** The part of the name of an entry that no two entries of a function share. */
  public String entryKey(String name) {
    return shape == Shape.LAYERS ? Layers.key(name) : name;
  }

  /** The names of the own entries that the function lacks, or has otherwise. */
  public List<String> taken(Value own, @Nullable Value live) {
    if (shape == Shape.VARIABLES) {
      return Variables.taken(own, live);
    }
    List<String> there = entries(live);
    return entries(own).stream().filter(name -> !there.contains(name)).toList();
  }

  /** The entries of a value whose names are among the given ones. */
  public Value only(Value value, Collection<String> names) {
    return switch (shape) {
      case LAYERS -> Layers.only(value, names);
      case VARIABLES -> Variables.only(value, names);
      case PLAIN, UNORDERED, MOUNTS -> value;
    };
  }

  /** The value that restores the field to what a read returned. */
  public Value restored(Value was) {
    return shape == Shape.MOUNTS ? Mounts.whole(was) : was;
  }

  /** The form in which values are compared: absent, empty and AWS's default are equal. */
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
        case PLAIN, LAYERS, VARIABLES -> items;
      };
    }
    return known;
  }
}
