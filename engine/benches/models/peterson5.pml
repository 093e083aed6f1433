/* Peterson's lock for five processes, taken again and again: the steps of peterson5.race, written for SPIN by hand.
   A `skip` would be one step with the one before. */
byte level[5];
byte last[5] = 255;
byte inside;

#define door(n) \
    level[_pid] = level[_pid]; \
    level[_pid] = n; \
    last[n] = _pid; \
    (level[(_pid < 1 -> 1 : 0)] < n || last[n] != _pid); \
    (level[(_pid < 2 -> 2 : 1)] < n || last[n] != _pid); \
    (level[(_pid < 3 -> 3 : 2)] < n || last[n] != _pid); \
    (level[(_pid < 4 -> 4 : 3)] < n || last[n] != _pid); \
    skip

active [5] proctype process() {
  do
  :: skip;
    door(1);
    door(2);
    door(3);
    door(4);
    d_step { inside = inside + 1; assert(inside == 1) };
    inside = inside - 1;
    level[_pid] = 0
  od
}
