package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Flag;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Numeral;
import dev.lambdaconfig.model.Value.Secret;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.model.Value.Text;
import dev.lambdaconfig.text.WholeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The translation between {@link Value}s and the SDK's types. It follows the SDK's own description
 * of its fields, so that a new row of the field table needs nothing here.
 */
final class SdkValues {

  private SdkValues() {}

  /**
   * Returns the members of an SDK object that are set. An unset list or map is not an empty one.
   */
  static Structure read(SdkPojo pojo) {
    TreeMap<String, Value> members = new TreeMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Value value = value(field.getValueOrDefault(pojo));
      if (value != null) {
        members.put(field.memberName(), value);
      }
    }
    return new Structure(members);
  }

  private static @Nullable Value value(@Nullable Object object) {
    return switch (object) {
      case null -> null;
      case SdkAutoConstructList<?> unset -> null;
      case SdkAutoConstructMap<?, ?> unset -> null;
      case SdkPojo pojo -> read(pojo);
      case List<?> list -> items(list);
      case Map<?, ?> map -> structure(map);
      case Boolean on -> new Flag(on);
      // The SDK reads them from answers, and no decimal number can express them.
      case Double number when !Double.isFinite(number) -> Value.text(number.toString());
      case Float number when !Float.isFinite(number) -> Value.text(number.toString());
      case Number number -> new Numeral(new BigDecimal(number.toString()));
      default -> Value.text(object.toString());
    };
  }

  private static Value items(List<?> list) {
    List<Value> items = new ArrayList<>();
    for (Object object : list) {
      Value item = value(object);
      if (item != null) {
        items.add(item);
      }
    }
    return new Items(items);
  }

  private static Value structure(Map<?, ?> map) {
    TreeMap<String, Value> members = new TreeMap<>();
    map.forEach(
        (key, object) -> {
          Value member = value(object);
          if (member != null) {
            members.put(WholeText.of(String.valueOf(key)), member);
          }
        });
    return new Structure(members);
  }

  /**
   * Sets members of an SDK builder.
   *
   * @throws IllegalArgumentException if the SDK has no such member, because it is older than the
   *     field table
   */
  static void write(SortedMap<String, Value> members, SdkPojo builder) {
    Map<String, SdkField<?>> fields = new HashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.memberName(), field));
    members.forEach(
        (name, value) -> {
          SdkField<?> field = fields.get(name);
          if (field == null) {
            throw new IllegalArgumentException(
                "the AWS SDK has no member " + name + " of " + builder.getClass().getSimpleName());
          }
          field.set(builder, object(field, value));
        });
  }

  private static Object object(SdkField<?> field, Value value) {
    return switch (value) {
      case Text text -> text.text();
      case Secret secret -> secret.text();
      case Flag flag -> flag.on();
      case Numeral numeral -> number(field, numeral.number());
      case Items items -> list(field, items);
      case Structure structure ->
          field.marshallingType() == MarshallingType.MAP
              ? map(field, structure)
              : pojo(field, structure);
    };
  }

  private static Number number(SdkField<?> field, BigDecimal number) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.INTEGER) {
      return number.intValueExact();
    }
    return type == MarshallingType.LONG ? (Number) number.longValueExact() : number.doubleValue();
  }

  private static List<Object> list(SdkField<?> field, Items items) {
    SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
    return items.items().stream().map(value -> object(item, value)).toList();
  }

  private static Map<String, Object> map(SdkField<?> field, Structure structure) {
    SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
    Map<String, Object> map = new LinkedHashMap<>();
    structure.members().forEach((key, value) -> map.put(key, object(item, value)));
    return map;
  }

  private static Object pojo(SdkField<?> field, Structure structure) {
    SdkPojo builder = field.constructor().get();
    write(structure.members(), builder);
    return ((Buildable) builder).build();
  }
}
