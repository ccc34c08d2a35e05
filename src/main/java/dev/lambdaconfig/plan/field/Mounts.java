package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.api.FileSystemConfig;
import dev.lambdaconfig.api.S3FilesConfig;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * File systems: entries of a list that AWS replaces as a whole, so that it resets what an entry
 * does not name (docs/aws.md#file-systems). An entry of a spec is matched to the function's entry
 * with the same ARN, and members that it does not name keep their values.
 */
final class Mounts {

  private static final String ARN = "Arn";
  private static final String S3_FILES = "S3FilesConfig";
  private static final String DIRECT_READ = "DirectS3Read";

  /** AWS's default of the direct reads. */
  private static final Value AUTO = Value.text("AUTO");

  private Mounts() {}

  /**
   * The spec's file systems in the API's shape; {@code s3FilesConfig: {}} is an empty structure.
   */
  static @Nullable Value of(@Nullable List<FileSystemConfig> mounts) {
    return mounts == null ? null : new Items(mounts.stream().map(Mounts::entry).toList());
  }

  private static Value entry(FileSystemConfig mount) {
    TreeMap<String, Value> entry = new TreeMap<>();
    entry.put(ARN, Value.text(mount.arn()));
    entry.put("LocalMountPath", Value.text(mount.localMountPath()));
    S3FilesConfig s3Files = mount.s3FilesConfig();
    if (s3Files != null) {
      String read = s3Files.directS3Read();
      entry.put(
          S3_FILES,
          read == null ? Structure.EMPTY : Structure.of(Map.of(DIRECT_READ, Value.text(read))));
    }
    return new Structure(entry);
  }

  /** The form in which entries are compared: AWS's default equals absence. */
  static Items normal(Items mounts) {
    return each(
        mounts,
        mount -> {
          TreeMap<String, Value> members = new TreeMap<>(mount.members());
          Value read = mount.at(S3_FILES, DIRECT_READ);
          if (read == null || read.isEmpty() || read.equals(AUTO)) {
            members.remove(S3_FILES);
          }
          return new Structure(members);
        });
  }

  /** The function's entries without the members that the spec's entries do not name. */
  static @Nullable Value asNamedBy(Value wanted, @Nullable Value live) {
    return live instanceof Items entries
        ? each(
            entries,
            entry -> {
              Structure named = find(wanted, entry);
              TreeMap<String, Value> members = new TreeMap<>(entry.members());
              members
                  .keySet()
                  .removeIf(
                      name ->
                          named == null
                              ? name.equals(S3_FILES)
                              : !named.members().containsKey(name));
              return new Structure(members);
            })
        : live;
  }

  /**
   * The entries to send: the spec's, with the members that they do not name as the function has
   * them.
   */
  static Value merged(Value wanted, @Nullable Value live) {
    return wanted instanceof Items entries
        ? each(
            entries,
            entry -> {
              Structure present = find(live, entry);
              return present == null ? withoutEmpty(entry) : merged(entry, present);
            })
        : wanted;
  }

  private static Structure merged(Structure entry, Structure present) {
    TreeMap<String, Value> members = new TreeMap<>(present.members());
    BinaryOperator<Value> reset =
        (before, now) ->
            now instanceof Structure parts && parts.members().isEmpty()
                ? Structure.of(Map.of(DIRECT_READ, AUTO))
                : now;
    entry.members().forEach((name, value) -> members.merge(name, value, reset));
    return withoutEmpty(new Structure(members));
  }

  /** Removes empty structures: an absent member needs no reset. */
  private static Structure withoutEmpty(Structure entry) {
    TreeMap<String, Value> members = new TreeMap<>(entry.members());
    members.values().removeIf(value -> value instanceof Structure parts && parts.isEmpty());
    return new Structure(members);
  }

  /**
   * The entries of a read, completed: an absent member had AWS's default, and has to become it
   * again.
   */
  static Value whole(Value mounts) {
    return mounts instanceof Items entries
        ? each(
            entries,
            entry -> entry.at(S3_FILES) == null ? entry.with(S3_FILES, Structure.EMPTY) : entry)
        : mounts;
  }

  private static @Nullable Structure find(@Nullable Value mounts, Structure like) {
    Value arn = like.at(ARN);
    if (arn != null && mounts instanceof Items entries) {
      for (Value entry : entries.items()) {
        if (entry instanceof Structure structure && arn.equals(structure.at(ARN))) {
          return structure;
        }
      }
    }
    return null;
  }

  private static Items each(Items mounts, UnaryOperator<Structure> change) {
    return new Items(
        mounts.items().stream()
            .map(item -> item instanceof Structure mount ? (Value) change.apply(mount) : item)
            .toList());
  }
}
