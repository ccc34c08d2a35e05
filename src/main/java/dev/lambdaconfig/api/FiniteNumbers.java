package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers that a decimal number can express. Jackson also takes the strings {@code NaN} and
 * {@code Infinity} for numbers, whatever coercion it is denied.
 */
final class FiniteNumbers extends JsonDeserializer<Double> {

  @Override
  public @Nullable Double deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    double number = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
    return Double.isFinite(number)
        ? (Double) number
        : (Double) context.handleUnexpectedToken(Double.class, parser);
  }
}
