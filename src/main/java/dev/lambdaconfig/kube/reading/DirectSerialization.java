package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from the text in which it arrived. The client encodes the text of each event of a
 * watch again, and reads it, like each response, through two buffers of 8 KB.
 *
 * <p>Anything but a JSON object is left to the client, and so are large responses: the text would
 * be another copy of them in memory.
 */
final class DirectSerialization extends KubernetesSerialization {

  /** Length of the largest response that is turned into a text at once, in bytes. */
  private static final int LARGEST = 64 * 1024;

  private final ObjectMapper mapper;

  /**
   * Creates a serialization that does not search for kinds.
   *
   * @param mapper reads and writes resources; the superclass configures it
   */
  DirectSerialization(ObjectMapper mapper) {
    super(mapper, false);
    this.mapper = mapper;
  }

  @Override
  public <T> T unmarshal(String text, Class<T> type) {
    if (!isObject(text)) {
      return super.unmarshal(text, type);
    }
    return read(
        text,
        new TypeReference<T>() {
          @Override
          public Type getType() {
            return type;
          }
        });
  }

  @Override
  public <T> T unmarshal(String text, TypeReference<T> type) {
    return isObject(text) ? read(text, type) : super.unmarshal(text, type);
  }

  @Override
  public <T> T unmarshal(InputStream in, TypeReference<T> type) {
    if (!(in instanceof ByteArrayInputStream bytes) || bytes.available() > LARGEST) {
      return super.unmarshal(in, type);
    }
    byte[] response = bytes.readAllBytes();
    // unmarshal(String) would recurse: the client passes a text that is no object to this method.
    return response.length > 0 && response[0] == '{'
        ? read(new String(response, StandardCharsets.UTF_8), type)
        : super.unmarshal(new ByteArrayInputStream(response), type);
  }

  private <T> T read(String json, TypeReference<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (IOException e) {
      throw KubernetesClientException.launderThrowable(e);
    }
  }

  private static boolean isObject(String text) {
    return !text.isEmpty() && text.charAt(0) == '{';
  }
}
