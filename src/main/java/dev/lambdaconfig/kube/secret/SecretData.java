package dev.lambdaconfig.kube.secret;

import dev.lambdaconfig.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Environment variables as the {@code data} of a Secret: values in Base64 by name. */
public final class SecretData {

  /**
   * Maximum size of a baseline: AWS limits an environment to 4 KB (docs/aws.md#environment-size),
   * so a larger one never was one.
   */
  private static final int MOST_CHARACTERS = 32 * 1024;

  private SecretData() {}

  static Map<String, String> encoded(Map<String, Value> variables) {
    Map<String, String> data = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (value instanceof Value.Secret secret) {
            data.put(name, encoded(secret.text()));
          }
        });
    return data;
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static boolean isTooLarge(Map<String, String> data) {
    return data.entrySet().stream()
            .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
            .sum()
        > MOST_CHARACTERS;
  }

  /**
   * Decodes the data of a Secret.
   *
   * @param data values in Base64 by key, or null if there is no Secret
   * @return UTF-8 texts by key, or null if there is no Secret
   * @throws IllegalArgumentException if a value is not Base64
   */
  public static @Nullable Map<String, String> decodedOrNull(@Nullable Map<String, String> data) {
    return data == null ? null : decoded(data);
  }

  static Map<String, String> decoded(@Nullable Map<String, String> data) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (data != null) {
      data.forEach(
          (name, value) ->
              texts.put(
                  name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return Map.copyOf(texts);
  }
}
