/**
 * @file Which pictures the sample set shows, by the names that both emoji packages use. Left out: drawings that could
 * belong to two classes, near-copies of one another, and what does not belong in a classroom.
 */

/** Class name -> names of pictures. A name missing in one package is absent from that half of the set. */
export const samplePictures: Readonly<Record<string, readonly string[]>> = {
  animals: words(`
    ant baby-chick badger bat bear beaver beetle bird bison black-bird black-cat blackbird blowfish boar bug butterfly
    camel cat cat-face chicken chipmunk cockroach cow cow-face crab cricket crocodile deer dodo dog dog-face dolphin
    donkey dove dragon dragon-face duck eagle elephant ewe fish flamingo fly fox frog front-facing-baby-chick giraffe
    goat goose gorilla guide-dog hamster hatching-chick hedgehog hippopotamus honeybee horse horse-face jellyfish
    kangaroo koala lady-beetle leopard lion lizard llama lobster mammoth monarch-butterfly monkey monkey-face moose
    mosquito mouse mouse-face octopus orangutan orca otter owl ox panda parrot peacock penguin pig pig-face polar-bear
    poodle rabbit rabbit-face raccoon ram rat rhinoceros rooster sauropod scorpion seal service-dog shark shrimp skunk
    sloth snail snake spider spouting-whale squid swan t-rex tiger tiger-face tropical-fish turkey turtle
    two-hump-camel unicorn water-buffalo whale wolf worm zebra`),
  faces: words(`
    angry-face angry-face-with-horns anguished-face anxious-face-with-sweat astonished-face
    beaming-face-with-smiling-eyes clown-face cold-face confounded-face confused-face cowboy-hat-face cracking-face
    crying-face disappointed-face disguised-face distorted-face downcast-face-with-sweat drooling-face enraged-face
    exploding-head expressionless-face face-blowing-a-kiss face-exhaling face-holding-back-tears face-savoring-food
    face-screaming-in-fear face-vomiting face-with-bags-under-eyes face-with-diagonal-mouth
    face-with-hand-over-mouth face-with-head-bandage face-with-medical-mask face-with-monocle
    face-with-open-eyes-and-hand-over-mouth face-with-open-mouth face-with-peeking-eye face-with-raised-eyebrow
    face-with-rolling-eyes face-with-spiral-eyes face-with-steam-from-nose face-with-symbols-on-mouth
    face-with-tears-of-joy face-with-thermometer face-with-tongue face-without-mouth fearful-face flushed-face
    frowning-face grimacing-face grinning-face grinning-face-with-sweat grinning-squinting-face hot-face hugging-face
    kissing-face kissing-face-with-closed-eyes knocked-out-face loudly-crying-face lying-face melting-face
    money-mouth-face nauseated-face nerd-face neutral-face partying-face pensive-face persevering-face pleading-face
    pouting-face relieved-face rolling-on-the-floor-laughing sad-but-relieved-face saluting-face shaking-face
    shushing-face sleeping-face sleepy-face slightly-frowning-face slightly-smiling-face smiling-face
    smiling-face-with-halo smiling-face-with-heart-eyes smiling-face-with-hearts smiling-face-with-horns
    smiling-face-with-sunglasses smiling-face-with-tear smirking-face sneezing-face squinting-face-with-tongue
    star-struck thinking-face tired-face unamused-face upside-down-face weary-face winking-face
    winking-face-with-tongue woozy-face worried-face yawning-face zany-face zipper-mouth-face`),
  food: words(`
    avocado bacon bagel baguette-bread banana beans bell-pepper bento-box beverage-box birthday-cake blueberries bread
    broccoli brown-mushroom bubble-tea burrito butter candy canned-food carrot cheese-wedge cherries chestnut
    chocolate-bar coconut cooked-rice cookie cooking croissant cucumber cup-with-straw cupcake curry-rice custard
    cut-of-meat dango doughnut dumpling ear-of-corn egg eggplant falafel fish-cake-with-swirl flatbread fondue
    fortune-cookie french-fries fried-shrimp garlic ginger-root glass-of-milk grapes green-apple green-salad hamburger
    honey-pot hot-beverage hot-dog hot-pepper ice-cream kiwi-fruit leafy-green lemon lime lollipop mango meat-on-bone
    melon moon-cake oden olive onion pancakes pea-pod peach peanuts pear pickle pie pineapple pizza popcorn pot-of-food
    potato poultry-leg pretzel red-apple rice-ball rice-cracker roasted-sweet-potato root-vegetable sandwich
    shallow-pan-of-food shaved-ice shortcake soft-ice-cream spaghetti steaming-bowl strawberry stuffed-flatbread sushi
    taco tamale tangerine teacup-without-handle tomato waffle watermelon`),
  people: words(`
    baby boy child girl man old-man old-woman older-person person woman man-artist woman-astronaut man-bouncing-ball
    woman-cartwheeling man-climbing woman-construction-worker man-cook woman-dancing man-dancing woman-detective man-elf
    woman-facepalming man-factory-worker woman-fairy man-farmer woman-feeding-baby woman-firefighter person-bowing
    man-gesturing-no woman-gesturing-ok man-getting-haircut woman-getting-massage woman-golfing man-guard
    woman-health-worker man-in-lotus-position woman-in-manual-wheelchair man-in-motorized-wheelchair
    person-in-steamy-room man-in-tuxedo woman-judge man-juggling woman-kneeling woman-lifting-weights man-mage
    woman-mechanic man-office-worker woman-pilot man-playing-handball woman-playing-water-polo man-police-officer
    woman-pouting man-raising-hand woman-running woman-scientist man-shrugging woman-singer man-standing woman-student
    man-superhero woman-supervillain man-surfing woman-swimming man-teacher woman-technologist man-tipping-hand
    woman-walking man-wearing-turban woman-with-headscarf person-with-skullcap woman-with-veil man-with-white-cane
    ninja prince princess santa-claus mrs-claus person-fencing skier snowboarder`),
  vehicles: words(`
    aerial-tramway airplane airplane-arrival airplane-departure ambulance articulated-lorry auto-rickshaw automobile
    bicycle bullet-train bus canoe delivery-truck ferry fire-engine flying-saucer helicopter high-speed-train
    kick-scooter light-rail locomotive manual-wheelchair metro minibus monorail motor-boat motor-scooter motorcycle
    motorized-wheelchair mountain-cableway mountain-railway oncoming-automobile oncoming-bus oncoming-police-car
    oncoming-taxi parachute passenger-ship pickup-truck police-car racing-car railway-car rocket sailboat satellite ship
    skateboard sled small-airplane speedboat sport-utility-vehicle suspension-railway taxi tractor train tram tram-car
    trolleybus shopping-cart station roller-skate`),
}

/** Packages name the same drawing of a person in these skin tones; '' is the plain yellow one. */
export const skinTones = ['', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
