/** TheoKanning's openai-gpt3-java, on Retrofit and OkHttp. */
@NullMarked
package io.costattr.advice.theokanning;

import org.jspecify.annotations.NullMarked;
