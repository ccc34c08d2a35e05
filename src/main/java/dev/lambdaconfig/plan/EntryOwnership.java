package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of merged fields that a resource has set, by their names: those that the spec no
 * longer has are removed from the function. Entries that an update is about to set count once AWS
 * has accepted it, or another writer's entry of the same name could be removed.
 */
public final class EntryOwnership {

  /** The ownership of a resource that merges no field. */
  public static final EntryOwnership NONE = new EntryOwnership(List.of());

  private final List<OwnedEntries> fields;

  private EntryOwnership(List<OwnedEntries> fields) {
    this.fields = List.copyOf(fields);
  }

  /** The end of the update that was announced. */
  public enum Announcement {
    /** It has not ended. */
    OPEN,
    /** AWS accepted it. */
    ACCEPTED,
    /** AWS may have applied it, and another writer has changed the function since. */
    UNPROVEN,
    /** There is none, or AWS has not applied it. */
    NONE
  }

  /** The ownership in a status. */
  public static EntryOwnership of(@Nullable List<OwnedEntries> fields) {
    return fields == null
        ? NONE
        : new EntryOwnership(fields.stream().filter(Objects::nonNull).toList());
  }

  /** The entries for the status, or null where no field is merged. */
  public @Nullable List<OwnedEntries> fields() {
    return fields.isEmpty() ? null : fields;
  }

  private @Nullable OwnedEntries of(Field field) {
    return fields.stream()
        .filter(known -> field.path().equals(known.path()))
        .findFirst()
        .orElse(null);
  }

  /**
   * The setting with the entries that are owned.
   *
   * @param adopts whether the resource managed the whole field until now, so that the entries that
   *     the spec still has are its own
   */
  Setting.Merged owning(Field field, Setting.Merged setting, boolean adopts) {
    OwnedEntries known = of(field);
    if (known != null) {
      return new Setting.Merged(
          setting.own(), present(known.entries()), present(known.provisional()));
    }
    return new Setting.Merged(
        setting.own(), adopts ? field.entries(setting.own()) : List.of(), List.of());
  }

  private static List<String> present(@Nullable List<String> entries) {
    return entries == null ? List.of() : entries.stream().filter(Objects::nonNull).toList();
  }

  /**
   * The ownership after a reconcile.
   *
   * @param announcement the end of the update that this ownership announces
   * @param announced the plan of an update that is announced now, or null
   * @param settled the function at rest, or null where it was not read or is not
   */
  public EntryOwnership after(
      Desired desired,
      Announcement announcement,
      @Nullable Plan announced,
      @Nullable ObservedFunction settled) {
    List<OwnedEntries> next = new ArrayList<>();
    for (Member member : FieldTable.MEMBERS) {
      for (Map.Entry<Field, Setting> entry : desired.of(member).entrySet()) {
        if (entry.getValue() instanceof Setting.Merged merged) {
          Field field = entry.getKey();
          ObservedFunction readable =
              settled == null || member.errorIn(settled) != null ? null : settled;
          Value live = readable == null ? null : field.in(member.in(readable));
          List<String> entries =
              announcement == Announcement.UNPROVEN && readable != null
                  ? shown(field, merged, live)
                  : ended(field, merged, announcement);
          next.add(
              new OwnedEntries(
                  field.path(),
                  readable == null
                      ? entries
                      : stillNeeded(field, entries, merged, field.entries(live)),
                  provisional(field, announcement, announced, entries)));
        }
      }
    }
    return new EntryOwnership(next);
  }

  private List<String> ended(Field field, Setting.Merged merged, Announcement announcement) {
    OwnedEntries known = of(field);
    if (known == null) {
      return merged.owned();
    }
    List<String> entries = present(known.entries());
    // Where AWS cannot read them, what may be ours counts: nothing would ever remove it otherwise.
    return announcement == Announcement.ACCEPTED || announcement == Announcement.UNPROVEN
        ? union(field, present(known.provisional()), entries)
        : entries;
  }

  /**
   * The entries that were owned, and those of the announced ones that the function has exactly as
   * the update was to set them.
   */
  private List<String> shown(Field field, Setting.Merged merged, @Nullable Value live) {
    OwnedEntries known = of(field);
    if (known == null) {
      return merged.owned();
    }
    List<String> others = field.taken(merged.own(), live);
    return union(
        field,
        present(known.provisional()).stream().filter(name -> !others.contains(name)).toList(),
        present(known.entries()));
  }

  private List<String> provisional(
      Field field, Announcement announcement, @Nullable Plan announced, List<String> entries) {
    if (announced != null) {
      return announced.taken().getOrDefault(field.path(), List.of()).stream()
          .filter(name -> !entries.contains(name))
          .toList();
    }
    OwnedEntries known = of(field);
    return known == null || announcement != Announcement.OPEN
        ? List.of()
        : present(known.provisional());
  }

  /** The newer entries, and the older ones of other names. */
  private static List<String> union(Field field, List<String> newer, List<String> older) {
    return Stream.concat(newer.stream(), older.stream().filter(name -> !has(field, newer, name)))
        .toList();
  }

  /** The entries that the spec has, or that are still to be removed from the function. */
  private static List<String> stillNeeded(
      Field field, List<String> entries, Setting.Merged merged, List<String> live) {
    List<String> own = field.entries(merged.own());
    return entries.stream()
        .filter(name -> has(field, own, name) || has(field, live, name))
        .toList();
  }

  private static boolean has(Field field, Collection<String> names, String name) {
    String key = field.entryKey(name);
    return names.stream().anyMatch(other -> field.entryKey(other).equals(key));
  }
}
