package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * JSON that is YAML as well. The API server reads the body of a server-side apply as YAML, and
 * refuses control characters that JSON allows, such as DEL and U+FFFE: as escapes it takes them.
 */
final class YamlSafeJson extends CharacterEscapes {

  private static final long serialVersionUID = 1L;
  private static final char DELETE = 0x7f;
  private static final char LAST_CONTROL = 0x9f;
  private static final String SPECIAL = "\u2028\u2029\ufeff\ufffe\uffff";

  private YamlSafeJson() {}

  /** Makes a factory write such JSON. */
  static JsonFactory writtenBy(JsonFactory factory) {
    return factory.setCharacterEscapes(new YamlSafeJson());
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] escapes = standardAsciiEscapesForJSON();
    escapes[DELETE] = ESCAPE_STANDARD;
    return escapes;
  }

  /** The escape of a character beyond ASCII. Pairs of surrogates stay: YAML escapes none. */
  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    boolean isControl = character > DELETE && character <= LAST_CONTROL;
    // The separators, like NEL among the controls, are line breaks of YAML, which become spaces.
    return isControl || SPECIAL.indexOf(character) >= 0
        ? new SerializedString("\\u%04X".formatted(character))
        : null;
  }
}
