package dev.lambdaconfig.model.source;

import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of all sources that a spec refers to. */
public record SourceVersions(SortedMap<SourceKey, SourceVersion> versions) {

  /** The versions for a spec that refers to no source. */
  public static final SourceVersions NONE = new SourceVersions(new TreeMap<>());

  /** Start and factor of the 64-bit hash FNV-1a. */
  private static final long FNV_START = 0xcbf29ce484222325L;

  private static final long FNV_FACTOR = 0x100000001b3L;

  public SourceVersions {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  /** The versions of sources that were read. */
  public static SourceVersions of(Map<SourceKey, ? extends ValueSource> read) {
    SortedMap<SourceKey, SourceVersion> versions = new TreeMap<>();
    read.forEach((key, source) -> versions.put(key, source.version()));
    return new SourceVersions(versions);
  }

  /**
   * A digest of which versions these are, in 16 hexadecimal digits; null where there is no source.
   * It is one of names, UIDs and resourceVersions, and no value enters it.
   */
  public @Nullable String digest() {
    if (versions.isEmpty()) {
      return null;
    }
    long hash = FNV_START;
    String text = versions.toString();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_FACTOR;
    }
    return HexFormat.of().toHexDigits(hash);
  }
}
