package dev.lambdaconfig.controller.state;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.PlainValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A function as AWS described it, in a few hundred bytes: compressed, and with seals in place of
 * the values of environment variables.
 */
final class CompressedFunction {

  private static final ObjectMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final byte[] compressed;

  private CompressedFunction(byte[] compressed) {
    this.compressed = compressed;
  }

  static CompressedFunction of(ObservedFunction function, ValueFingerprint fingerprint) {
    Structure sealed =
        withVariables(
            function.configuration(),
            value ->
                value instanceof Value.Secret secret
                    ? Value.text(fingerprint.of(secret.text()))
                    : value);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
      try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
        JSON.writeValue(out, PlainValues.plain(sealed));
      }
      return new CompressedFunction(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
  }

  /** The function, with those environment values that the spec wants just as they are. */
  ObservedFunction unpacked(Desired desired, ValueFingerprint fingerprint) {
    Map<String, String> wanted = new TreeMap<>();
    desired.secrets().forEach(secret -> wanted.put(fingerprint.of(secret), secret));
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
      Value value = PlainValues.value(JSON.readValue(in, MEMBERS));
      Structure members = value instanceof Structure structure ? structure : Structure.EMPTY;
      return new ObservedFunction(
          withVariables(
              members,
              kept -> {
                String text = kept.toString();
                String known = wanted.get(text);
                return new Value.Secret(known == null ? "sealed " + text : known);
              }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Structure withVariables(Structure function, UnaryOperator<Value> change) {
    if (!(function.at("Environment") instanceof Structure environment)
        || !(environment.at("Variables") instanceof Structure variables)) {
      return function;
    }
    return function.with("Environment", environment.with("Variables", variables.mapped(change)));
  }

  /** Its size only. */
  @Override
  public String toString() {
    return "PackedFunction[" + compressed.length + " bytes]";
  }
}
