package dev.lambdaconfig.model.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The result of reading a Secret or ConfigMap. */
public sealed interface ValueSource {

  /** The reason why the value of a key cannot be the value of an environment variable. */
  enum Flaw {
    /** The bytes are not UTF-8, or contain the character NUL. */
    NOT_TEXT("is not UTF-8 text"),
    /** The value alone exceeds what AWS allows for all variables together. */
    TOO_LONG("is larger than the 4 KB that AWS allows for all variables together"),
    /** The key does not make the name of a variable. */
    NO_NAME("has a key that is no name of a variable"),
    /** The variables before it in the object already exceed that by far. */
    TOO_MANY("is in an object with far more than the 4 KB that AWS allows for all variables");

    private final String text;

    Flaw(String text) {
      this.text = text;
    }

    /** The flaw as the rest of a sentence about the value. */
    public String text() {
      return text;
    }
  }

  /**
   * An object that exists.
   *
   * @param values by key, what can be the value of an environment variable; never printed
   * @param unusable the other keys, and why
   */
  record Present(
      SourceVersion version, SortedMap<String, String> values, SortedMap<String, Flaw> unusable)
      implements ValueSource {

    /**
     * The most that AWS allows for all environment variables together
     * (docs/aws.md#environment-size). A character counts as one byte, because it is not known how
     * AWS counts the others.
     */
    private static final int LONGEST = 4096;

    /**
     * Size of the variables that are taken of an object as a whole, far beyond {@link #LONGEST}:
     * none of those that fit together may be left out.
     */
    private static final int MOST_TAKEN = 4 * LONGEST;

    /** The number of quotes, colons and commas around a variable. */
    private static final int AROUND_A_VARIABLE = 6;

    /** Most keys that are listed because they make no names of variables. */
    private static final int MOST_LISTED = 100;

    /**
     * Most flaws that are kept of keys that make names of variables. More variables do not fit a
     * function, whatever their values: not all of them can be replaced by other values.
     */
    private static final int MOST_FLAWS = LONGEST / AROUND_A_VARIABLE;

    public Present {
      values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
      unusable = Collections.unmodifiableSortedMap(new TreeMap<>(unusable));
    }

    /**
     * A Secret as the API server returned it.
     *
     * @param data the values in Base64, by key
     */
    public static Present ofSecret(SourceVersion version, Map<String, String> data) {
      SortedMap<String, String> values = new TreeMap<>();
      SortedMap<String, Flaw> unusable = new TreeMap<>();
      data.forEach((key, encoded) -> sort(key, decoded(encoded), values, unusable));
      return new Present(version, values, unusable);
    }

    /**
     * A ConfigMap as the API server returned it.
     *
     * @param data the texts, by key
     * @param binaryData the other values in Base64, by key
     */
    public static Present ofConfigMap(
        SourceVersion version, Map<String, String> data, Map<String, String> binaryData) {
      SortedMap<String, String> values = new TreeMap<>();
      SortedMap<String, Flaw> unusable = new TreeMap<>();
      data.forEach(
          (key, text) -> sort(key, text.getBytes(StandardCharsets.UTF_8), values, unusable));
      binaryData.forEach((key, encoded) -> sort(key, decoded(encoded), values, unusable));
      return new Present(version, values, unusable);
    }

    /**
     * This source without what nobody refers to: an object can have a megabyte, and a function 4 KB
     * of variables.
     *
     * @param named the keys that are referred to by name
     * @param taken which keys make variables where the object is taken as a whole, or null where it
     *     is not
     */
    public Present only(Set<String> named, @Nullable Predicate<String> taken) {
      Predicate<String> isVariable = taken == null ? key -> false : taken;
      SortedMap<String, String> kept = new TreeMap<>();
      SortedMap<String, Flaw> flawed = new TreeMap<>();
      SortedMap<String, Flaw> unnamed = new TreeMap<>();
      unusable.forEach(
          (key, flaw) -> {
            if (named.contains(key)) {
              flawed.put(key, flaw);
            } else if (isVariable.test(key)) {
              putWithin(MOST_FLAWS, flawed, key, flaw);
            } else if (taken != null) {
              putWithin(MOST_LISTED, unnamed, key, flaw);
            }
          });
      int size = 0;
      for (Map.Entry<String, String> entry : values.entrySet()) {
        String key = entry.getKey();
        if (named.contains(key)) {
          kept.put(key, entry.getValue());
        } else if (isVariable.test(key)) {
          size += AROUND_A_VARIABLE + key.length() + entry.getValue().length();
          if (size <= MOST_TAKEN) {
            kept.put(key, entry.getValue());
          } else {
            putWithin(MOST_FLAWS, flawed, key, Flaw.TOO_MANY);
          }
        } else if (taken != null) {
          putWithin(MOST_LISTED, unnamed, key, Flaw.NO_NAME);
        }
      }
      flawed.putAll(unnamed);
      return new Present(version, kept, flawed);
    }

    private static void putWithin(int most, SortedMap<String, Flaw> flaws, String key, Flaw flaw) {
      if (flaws.size() < most) {
        flaws.put(key, flaw);
      }
    }

    /** The same under another version. */
    public Present as(SourceVersion other) {
      return other.equals(version) ? this : new Present(other, values, unusable);
    }

    /**
     * A text of all keys, values and flaws, equal for equal sources: a secret, of which only a
     * fingerprint may be kept.
     */
    public String valuesAsText() {
      StringBuilder text = new StringBuilder();
      values.forEach((key, value) -> append(text.append('='), key, value));
      unusable.forEach((key, flaw) -> append(text.append('!'), key, flaw.name()));
      return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
      text.append(key.length()).append(':').append(key);
      text.append(value.length()).append(':').append(value);
    }

    /** The bytes of a value; what is no Base64 cannot be text either. */
    private static byte[] decoded(String encoded) {
      try {
        return Base64.getDecoder().decode(encoded);
      } catch (IllegalArgumentException e) {
        return new byte[1];
      }
    }

    private static void sort(
        String key,
        byte[] bytes,
        SortedMap<String, String> values,
        SortedMap<String, Flaw> unusable) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.indexOf('\0') >= 0 || !Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
        unusable.put(key, Flaw.NOT_TEXT);
      } else if (text.codePointCount(0, text.length()) > LONGEST) {
        unusable.put(key, Flaw.TOO_LONG);
      } else {
        values.put(key, text);
      }
    }

    /** Names the keys only. */
    @Override
    public String toString() {
      return "Present[" + version + ", keys=" + values.keySet() + ", unusable=" + unusable + "]";
    }
  }

  /** An object that does not exist. */
  record Absent() implements ValueSource {

    @Override
    public SourceVersion version() {
      return SourceVersion.ABSENT;
    }
  }

  /**
   * An object that the operator has no right to read.
   *
   * @param message the right that is missing, and how to grant it
   */
  record Denied(String message) implements ValueSource {

    @Override
    public SourceVersion version() {
      return SourceVersion.ABSENT;
    }
  }

  /** The only instance of a source that does not exist. */
  ValueSource ABSENT = new Absent();

  /** The version that was read. */
  SourceVersion version();
}
