package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from the text in which it arrived. The client would encode the text of each event of a
 * watch again, and read that, and each response, through two buffers of 8 KB.
 *
 * <p>Anything but an object of JSON is left to the client, and so are large responses: they are in
 * memory once, and would be twice.
 */
final class DirectSerialization extends KubernetesSerialization {

  /** Length of the largest response that is turned into a text at once, in bytes. */
  private static final int LARGEST = 64 * 1024;

  private final ObjectMapper mapper;

  /**
   * Creates a serialization that does not search for kinds.
   *
   * @param mapper reads and writes resources; the client adds what it needs
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
    try {
      return mapper.readValue(text, type);
    } catch (IOException e) {
      throw KubernetesClientException.launderThrowable(e);
    }
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
    // Not the method above: where the text is no object, it would come back here.
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
