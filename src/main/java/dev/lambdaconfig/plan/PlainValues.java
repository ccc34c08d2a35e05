package dev.lambdaconfig.plan;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Flag;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Numeral;
import dev.lambdaconfig.model.Value.Secret;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.model.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Conversions of {@link Value}s to and from the plain objects of JSON. */
public final class PlainValues {

  /** Number of digits of which every number fits a long. */
  private static final int LONG_DIGITS = 18;

  private PlainValues() {}

  /**
   * A value as String, Long, Double, Boolean, List or Map.
   *
   * @throws IllegalArgumentException for a {@link Secret}, because plain values are printed
   */
  public static Object plain(Value value) {
    return switch (value) {
      case Text text -> text.text();
      case Flag flag -> flag.on();
      case Numeral numeral -> plain(numeral.number());
      case Items items -> items.items().stream().map(PlainValues::plain).toList();
      case Structure structure -> {
        Map<String, Object> members = new LinkedHashMap<>();
        structure.members().forEach((name, member) -> members.put(name, plain(member)));
        yield members;
      }
      case Secret secret -> throw new IllegalArgumentException("a secret has no plain form");
    };
  }

  private static Object plain(BigDecimal number) {
    boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= LONG_DIGITS;
    return whole ? (Object) number.longValueExact() : number.doubleValue();
  }

  /**
   * The value of plain objects, as {@link #plain} or a JSON parser makes them; null for null.
   * Members and items that are null are left out.
   */
  public static @Nullable Value value(@Nullable Object plain) {
    return switch (plain) {
      case null -> null;
      case Boolean on -> new Flag(on);
      case Number number -> new Numeral(new BigDecimal(number.toString()));
      case List<?> list -> {
        List<Value> items = new ArrayList<>();
        for (Object object : list) {
          Value item = value(object);
          if (item != null) {
            items.add(item);
          }
        }
        yield new Items(items);
      }
      case Map<?, ?> map -> {
        TreeMap<String, Value> members = new TreeMap<>();
        map.forEach(
            (name, object) -> {
              Value member = value(object);
              if (member != null) {
                members.put(String.valueOf(name), member);
              }
            });
        yield new Structure(members);
      }
      default -> Value.text(plain.toString());
    };
  }
}
