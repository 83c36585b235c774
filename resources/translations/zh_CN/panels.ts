<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CaseDemolition</name>
    <message>
        <source>Progress can be entered once the decision orders a demolition.</source>
        <translation>作出拆除决定后，可在此录入拆除进度。</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Left m²</source>
        <translation>剩余 m²</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观测方式</translation>
    </message>
    <message>
        <source>Whole case</source>
        <translation>全案</translation>
    </message>
    <message>
        <source>With a photograph, kept among the evidence</source>
        <translation>附有照片，已存入证据</translation>
    </message>
    <message>
        <source>Enter an observation of this structure</source>
        <translation>录入这处建筑的拆除观测</translation>
    </message>
</context>
<context>
    <name>CaseMaterials</name>
    <message>
        <source>Documents issued</source>
        <translation>已出文书</translation>
    </message>
    <message>
        <source>None yet. The demolition order is issued above.</source>
        <translation>暂无。可用上方按钮出具决定书。</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>None yet. Drop photographs, scans or videos here.</source>
        <translation>暂无。可将照片、扫描件、视频拖到这里。</translation>
    </message>
    <message>
        <source>Double-click or press Enter to open a copy</source>
        <translation>双击或按回车打开副本</translation>
    </message>
    <message>
        <source>with position</source>
        <translation>有定位</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>无定位</translation>
    </message>
</context>
<context>
    <name>CaseMoves</name>
    <message>
        <source>The case has ended; nothing comes next.</source>
        <translation>本案已办结，没有下一步。</translation>
    </message>
    <message>
        <source>Not yet: {why} ({basis})</source>
        <translation>尚不可办：{why}（{basis}）</translation>
    </message>
    <message>
        <source>two officers</source>
        <translation>两名执法人员</translation>
    </message>
    <message>
        <source>an officer</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>document number</source>
        <translation>文书编号</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Needs: {wanted}</source>
        <translation>需要：{wanted}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>More steps</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>CasePanel</name>
    <message>
        <source>&amp;Next step…</source>
        <translation>办理下一步(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Observe the demolition…</source>
        <translation>录入拆除观测(&amp;O)…</translation>
    </message>
    <message>
        <source>Add &amp;evidence…</source>
        <translation>添加证据(&amp;E)…</translation>
    </message>
    <message>
        <source>Order &amp;map…</source>
        <translation>拆除范围图(&amp;M)…</translation>
    </message>
    <message>
        <source>Order &amp;document…</source>
        <translation>拆除决定书(&amp;D)…</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>范围图</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>决定书</translation>
    </message>
    <message>
        <source>Find a case: number, stage, place</source>
        <translation>查找案件：案号、阶段、地点</translation>
    </message>
    <message>
        <source>Choose a case above, or select a finding or a household that has one.</source>
        <translation>请在上方选择案件，或选中已有案件的图斑、户。</translation>
    </message>
    <message>
        <source>No cases yet. Confirm a finding in the review and open a case on it; it will appear here.</source>
        <translation>还没有案件。请先在图斑复核中确认图斑并建立案件，案件会显示在这里。</translation>
    </message>
    <message>
        <source>Party {name}</source>
        <translation>当事人 {name}</translation>
    </message>
    <message>
        <source>Officers {names}</source>
        <translation>经办 {names}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Opened {date}</source>
        <translation>{date} 建案</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Find a case by number, place or stage</source>
        <translation>按案号、地点或阶段查找案件</translation>
    </message>
    <message>
        <source>&amp;Course</source>
        <translation>办理(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Papers and evidence</source>
        <translation>文书证据(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Demolition</source>
        <translation>拆除(&amp;D)</translation>
    </message>
</context>
<context>
    <name>CaseTimeline</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{date}  Case opened</source>
        <translation>{date}  建案</translation>
    </message>
    <message>
        <source>{date}  {origin} → {target}</source>
        <translation>{date}  {origin} → {target}</translation>
    </message>
</context>
<context>
    <name>ChecksPage</name>
    <message>
        <source>Chec&amp;k the archive</source>
        <translation>检查档案(&amp;K)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Check the archive</source>
        <translation>检查档案</translation>
    </message>
    <message>
        <source>{count} faults at {time}; the archive has changed since.</source>
        <translation>{time} 查出 {count} 处问题；此后档案有改动。</translation>
    </message>
    <message>
        <source>{count} faults at {time}.</source>
        <translation>{time} 查出 {count} 处问题。</translation>
    </message>
    <message>
        <source>Outlines, numbers, areas, and what belongs to nothing are checked; a click on a fault shows it.</source>
        <translation>检查图形、编号、面积以及户与建筑的对应；点击一处问题即在地图上定位。</translation>
    </message>
</context>
<context>
    <name>DemolitionBar</name>
    <message>
        <source>{done:.1f} / {ordered:.1f} m² ({share:.0f} %)</source>
        <translation>{done:.1f} / {ordered:.1f} m²（{share:.0f}%）</translation>
    </message>
</context>
<context>
    <name>DossierPage</name>
    <message>
        <source>Household no.</source>
        <translation>户编号</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>户主</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>镇街</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>村社</translation>
    </message>
    <message>
        <source>Formerly: {numbers}</source>
        <translation>原编号：{numbers}</translation>
    </message>
    <message>
        <source>Edit the household</source>
        <translation>编辑本户</translation>
    </message>
    <message>
        <source>Edit holder and address…</source>
        <translation>编辑户主与地址…</translation>
    </message>
    <message>
        <source>Add a person…</source>
        <translation>添加人员…</translation>
    </message>
    <message>
        <source>Split the household…</source>
        <translation>分户…</translation>
    </message>
    <message>
        <source>Merge another household into it…</source>
        <translation>并入另一户…</translation>
    </message>
    <message>
        <source>Hide the name</source>
        <translation>隐去姓名</translation>
    </message>
    <message>
        <source>Show the name in full; that it was shown is recorded</source>
        <translation>显示完整姓名（查看会留痕）</translation>
    </message>
</context>
<context>
    <name>DossierPanel</name>
    <message>
        <source>Search for a household, or select a building or a finding on the map.</source>
        <translation>请在上方搜索户，或在地图上选择建筑或图斑。</translation>
    </message>
    <message>
        <source>No household has these words.</source>
        <translation>没有符合的户。</translation>
    </message>
    <message>
        <source>Building {number}</source>
        <translation>建筑 {number}</translation>
    </message>
    <message>
        <source>Parcel {number}</source>
        <translation>宗地 {number}</translation>
    </message>
    <message>
        <source>This does not belong to any household of the register.</source>
        <translation>所选对象未关联到任何一户。</translation>
    </message>
    <message>
        <source>Pieces of names and addresses, pinyin or its initials, numbers of household, building or parcel, the last four digits of a telephone. Several words may be given, apart by spaces; all must occur</source>
        <translation>可输入姓名或地址的一部分，拼音或首字母，户、建筑、宗地编号，或电话后四位；多个词用空格隔开，须同时出现</translation>
    </message>
    <message>
        <source>Search for a household</source>
        <translation>搜索户</translation>
    </message>
    <message>
        <source>Name, pinyin, address, number or telephone</source>
        <translation>姓名、拼音、地址、编号或电话</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Dismissed for</source>
        <translation>排除原因</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>线索</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Height change</source>
        <translation>高度变化</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Permit no.</source>
        <translation>许可证号</translation>
    </message>
    <message>
        <source>Excess</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>管控区</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>发现方式</translation>
    </message>
    <message>
        <source>Surveys</source>
        <translation>航测期次</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{count} storeys</source>
        <translation>{count}层</translation>
    </message>
    <message>
        <source>None needed</source>
        <translation>无需许可</translation>
    </message>
    <message>
        <source>⚠ Changed after this was judged: {permits}. Compare with the permit as it is now.</source>
        <translation>⚠ 判定之后改过许可：{permits}。上述判定仍按改前内容，请按现行许可核对。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前期</translation>
    </message>
    <message>
        <source>After</source>
        <translation>后期</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Compared with the archive</source>
        <translation>与档案对比，无前期影像</translation>
    </message>
</context>
<context>
    <name>FlightsView</name>
    <message>
        <source>Show the &amp;outlines of the archive</source>
        <translation>显示档案轮廓(&amp;O)</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{name} · pixel {gsd} cm</source>
        <translation>{name} · 分辨率 {gsd} 厘米</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel this job; nothing of it is kept</source>
        <translation>取消此任务，不保留任何结果</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>用时：{time}</translation>
    </message>
    <message>
        <source>{time} so far</source>
        <translation>已用时：{time}</translation>
    </message>
    <message>
        <source>{left}; {elapsed}</source>
        <translation>{left}，{elapsed}</translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message>
        <source>Cancel the job</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>Cancel the job; nothing of it is kept</source>
        <translation>取消任务，不保留任何结果</translation>
    </message>
    <message>
        <source>{title} (and {count} waiting)</source>
        <translation>{title}（另有 {count} 个排队）</translation>
    </message>
    <message>
        <source>{title}: {stage}. Click to see all jobs.</source>
        <translation>{title}：{stage}。点击查看全部任务。</translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>No jobs. Imports, new surveys, detection and exports show here how far they are.</source>
        <translation>暂无任务。导入、添加航测、变化检测和导出的进度会显示在这里。</translation>
    </message>
    <message>
        <source>Clear &amp;ended jobs</source>
        <translation>清除已结束的任务(&amp;E)</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>Zoom to the layer</source>
        <translation>缩放至图层</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>查找文件…</translation>
    </message>
    <message>
        <source>Build overviews</source>
        <translation>建立金字塔</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Properties…</source>
        <translation>属性…</translation>
    </message>
    <message>
        <source>Remove the survey…</source>
        <translation>移除期次…</translation>
    </message>
    <message>
        <source>Nothing on the map yet. Import the archive and add the surveys, or drop their files here.</source>
        <translation>地图上还没有内容。请导入档案并添加航测期次，也可将文件拖放到此处。</translation>
    </message>
    <message>
        <source>A layer with a warning cannot be shown in full; its menu helps to find the file.</source>
        <translation>带警告标志的图层无法完整显示；右键菜单中有处理办法。</translation>
    </message>
    <message>
        <source>Rename the survey</source>
        <translation>重命名期次</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Add a survey…</source>
        <translation>添加航测期次…</translation>
    </message>
    <message>
        <source>Import the archive…</source>
        <translation>导入档案…</translation>
    </message>
    <message>
        <source>&amp;Opacity</source>
        <translation>不透明度(&amp;O)</translation>
    </message>
    <message>
        <source>St&amp;yle</source>
        <translation>样式(&amp;Y)</translation>
    </message>
</context>
<context>
    <name>MessagesPanel</name>
    <message>
        <source>No messages yet. What the window tells you in passing can be read again here.</source>
        <translation>还没有消息。窗口提示过的内容可在这里重新查看。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;lear messages</source>
        <translation>清除消息(&amp;L)</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>PhotosPage</name>
    <message>
        <source>Import &amp;photographs…</source>
        <translation>导入照片(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Look at it</source>
        <translation>查看(&amp;L)</translation>
    </message>
    <message>
        <source>P&amp;lace on the map</source>
        <translation>在地图上定位(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Match buildings anew</source>
        <translation>重新匹配建筑(&amp;M)</translation>
    </message>
    <message>
        <source>{count} photographs show a building.</source>
        <translation>{count} 张照片已匹配建筑。</translation>
    </message>
    <message>
        <source>{count} have no position: choose one and place it on the map.</source>
        <translation>{count} 张没有位置：选中后在地图上定位。</translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message>
        <source>Loading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No row has these words. Clear the filter to see all.</source>
        <translation>没有符合筛选的行；清空筛选可显示全部。</translation>
    </message>
    <message>
        <source>No households yet. Import the archive first.</source>
        <translation>还没有户；请先导入建筑档案。</translation>
    </message>
    <message>
        <source>No buildings yet. Import the archive first.</source>
        <translation>还没有建筑；请先导入建筑档案。</translation>
    </message>
    <message>
        <source>No findings yet. Add two surveys and start a detection.</source>
        <translation>还没有图斑；请先添加两期航测并开始检测。</translation>
    </message>
    <message>
        <source>No cases yet. Open one from a finding.</source>
        <translation>还没有案件；可由图斑建立案件。</translation>
    </message>
    <message>
        <source>No photographs yet. Import a folder of them, or drop one into the window.</source>
        <translation>还没有照片。请导入一个照片文件夹，或把文件夹拖入窗口。</translation>
    </message>
    <message>
        <source>Nothing wrong was found.</source>
        <translation>没有发现问题。</translation>
    </message>
</context>
<context>
    <name>ReviewFilters</name>
    <message>
        <source>Any type</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Any review status</source>
        <translation>全部复核状态</translation>
    </message>
    <message>
        <source>Any permit status</source>
        <translation>全部许可状态</translation>
    </message>
    <message>
        <source>Any zone</source>
        <translation>全部管控区</translation>
    </message>
    <message>
        <source>Any place</source>
        <translation>全部地点</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Reviewed {done} / {total}</source>
        <translation>已复核 {done} / {total}</translation>
    </message>
    <message>
        <source>No findings yet. Look for changes first; what is found is reviewed here.</source>
        <translation>还没有图斑。请先进行变化检测，检测到的图斑在这里逐个复核。</translation>
    </message>
    <message>
        <source>No surveys yet. Add the surveys of two dates, then detect changes.</source>
        <translation>还没有航测期次。请先添加前后两期航测，再进行变化检测。</translation>
    </message>
    <message>
        <source>Showing {shown} of {total}; the filter hides the others</source>
        <translation>筛选后显示 {shown} 个，共 {total} 个</translation>
    </message>
    <message>
        <source>Entered as lead {number}</source>
        <translation>已登记为线索 {number}</translation>
    </message>
    <message>
        <source>Case {number} was opened</source>
        <translation>已建立案件 {number}</translation>
    </message>
    <message>
        <source>&amp;Detect changes…</source>
        <translation>变化检测(&amp;D)…</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Show or hide the filter</source>
        <translation>展开或收起筛选</translation>
    </message>
    <message>
        <source>Type of change</source>
        <translation>变化类型</translation>
    </message>
    <message>
        <source>Review status</source>
        <translation>复核状态</translation>
    </message>
    <message>
        <source>Permit status</source>
        <translation>许可状态</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>管控区</translation>
    </message>
    <message>
        <source>Town or village</source>
        <translation>镇街或村</translation>
    </message>
    <message>
        <source>Least area</source>
        <translation>最小面积</translation>
    </message>
    <message>
        <source>Any area</source>
        <translation>不限面积</translation>
    </message>
    <message>
        <source>Number, place, words</source>
        <translation>编号、地点、文字</translation>
    </message>
    <message>
        <source>Search text</source>
        <translation>搜索文字</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>图斑</translation>
    </message>
</context>
<context>
    <name>StageSteps</name>
    <message>
        <source>{stage} (before: {before})</source>
        <translation>{stage}（此前：{before}）</translation>
    </message>
</context>
<context>
    <name>TablesPanel</name>
    <message>
        <source>{shown} of {total}</source>
        <translation>显示 {shown} / {total}</translation>
    </message>
    <message>
        <source>&amp;Filter:</source>
        <translation>筛选(&amp;F)：</translation>
    </message>
    <message>
        <source>Words in any column</source>
        <translation>任一列中的词</translation>
    </message>
    <message>
        <source>Choose the columns that are shown</source>
        <translation>选择显示的列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Copy the selected rows with headings (Ctrl+C)</source>
        <translation>复制所选行（含表头，Ctrl+C）</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save the shown rows and columns as an Excel workbook</source>
        <translation>将显示的行和列导出为 Excel 表格</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>dossier</name>
    <message>
        <source>Photographs</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>No photographs. Import a folder of them, or add some in the household&apos;s case.</source>
        <translation>暂无照片。可导入照片文件夹，或在该户的案件中添加。</translation>
    </message>
    <message>
        <source>Flights</source>
        <translation>各期影像</translation>
    </message>
    <message>
        <source>No flight has been added yet.</source>
        <translation>尚未添加航测期次。</translation>
    </message>
    <message>
        <source>This household has nothing on the map.</source>
        <translation>该户在地图上没有宗地和建筑。</translation>
    </message>
    <message>
        <source>Flights over {place}</source>
        <translation>各期影像：{place}</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <translation>影像无法读取</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>宗地</translation>
    </message>
    <message>
        <source>No parcel is registered for this household.</source>
        <translation>无登记宗地。</translation>
    </message>
    <message>
        <source>On paper</source>
        <translation>登记面积</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>图上面积</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>No building is registered for this household.</source>
        <translation>无登记建筑。</translation>
    </message>
    <message>
        <source>Formerly: {numbers}</source>
        <translation>原编号：{numbers}</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Archived area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>建成日期</translation>
    </message>
    <message>
        <source>Decide what becomes of it…</source>
        <translation>分类处置…</translation>
    </message>
    <message>
        <source>Split by a line on the map</source>
        <translation>在图上画线分割</translation>
    </message>
    <message>
        <source>Merge another building into it…</source>
        <translation>并入另一幢…</translation>
    </message>
    <message>
        <source>Edit building {number}</source>
        <translation>编辑建筑 {number}</translation>
    </message>
    <message>
        <source>Disposal: {words} (decided on {day})</source>
        <translation>分类处置：{words}（{day} 确定）</translation>
    </message>
    <message>
        <source>The day it was built was corrected since: other rules apply, decide again.</source>
        <translation>建成日期已更正，适用的规则有变，请重新确定处置类别。</translation>
    </message>
    <message>
        <source>No permit of this household covers this building.</source>
        <translation>该户没有覆盖此建筑的许可。</translation>
    </message>
    <message>
        <source>Footprint (m²)</source>
        <translation>占地（m²）</translation>
    </message>
    <message>
        <source>Height (m)</source>
        <translation>高度（m）</translation>
    </message>
    <message>
        <source>Permitted</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Excess</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Above permit {number}: {words}.</source>
        <translation>超出许可{number}：{words}。</translation>
    </message>
    <message>
        <source>Within permit {number}.</source>
        <translation>符合许可{number}。</translation>
    </message>
    <message>
        <source>Standing: archive, brought forward by findings up to {day}.</source>
        <translation>现状：档案数据并计入截至 {day} 的图斑。</translation>
    </message>
    <message>
        <source>{value} m² more ground</source>
        <translation>多占地 {value} m²</translation>
    </message>
    <message>
        <source>{value} storey(s) too many</source>
        <translation>多 {value} 层</translation>
    </message>
    <message>
        <source>{value} m too high</source>
        <translation>超高 {value} m</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>No permit was issued to this household.</source>
        <translation>无许可。</translation>
    </message>
    <message>
        <source>Edit the permit</source>
        <translation>编辑许可</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Footprint</source>
        <translation>占地</translation>
    </message>
    <message>
        <source>Expired on {day}.</source>
        <translation>已于 {day} 过期。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Nothing was found here by comparing flights.</source>
        <translation>比对航测未发现变化。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Seen on</source>
        <translation>发现日期</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>No case against this household.</source>
        <translation>无案件。</translation>
    </message>
    <message>
        <source>Opened on</source>
        <translation>建案日期</translation>
    </message>
    <message>
        <source>Lead officer</source>
        <translation>主办人</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>时间不详</translation>
    </message>
    <message>
        <source>History</source>
        <translation>变更历史</translation>
    </message>
    <message>
        <source>Nothing has changed yet.</source>
        <translation>尚无变更。</translation>
    </message>
    <message>
        <source>Show {count} more</source>
        <translation>再显示 {count} 条</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>No person is entered besides the holder.</source>
        <translation>除户主外未登记人员。</translation>
    </message>
    <message>
        <source>This account has no key to the numbers.</source>
        <translation>本账号没有解开号码的密钥。</translation>
    </message>
    <message>
        <source>Unlock the numbers…</source>
        <translation>解锁号码…</translation>
    </message>
    <message>
        <source>Telephone and identity numbers can be kept once they are protected.</source>
        <translation>设置个人信息保护后，才能登记电话和证件号码。</translation>
    </message>
    <message>
        <source>Protect numbers…</source>
        <translation>设置保护…</translation>
    </message>
    <message>
        <source>Edit the person</source>
        <translation>编辑人员</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Take off the household</source>
        <translation>从本户移除</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Identity no.</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Hide names and numbers</source>
        <translation>隐藏姓名与号码</translation>
    </message>
    <message>
        <source>Show names and numbers in full; that they were shown is recorded</source>
        <translation>显示完整姓名与号码（查看会被记录）</translation>
    </message>
</context>
<context>
    <name>dossier_history</name>
    <message>
        <source>Household</source>
        <translation>户</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>宗地</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Disposal of building</source>
        <translation>建筑处置</translation>
    </message>
    <message>
        <source>Permit</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>线索</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>{thing} added</source>
        <translation>新增 {thing}</translation>
    </message>
    <message>
        <source>{thing} changed</source>
        <translation>修改 {thing}</translation>
    </message>
    <message>
        <source>{thing} removed</source>
        <translation>移除 {thing}</translation>
    </message>
    <message>
        <source>import of households</source>
        <translation>导入户</translation>
    </message>
    <message>
        <source>import of persons</source>
        <translation>导入人员</translation>
    </message>
    <message>
        <source>import of parcels</source>
        <translation>导入宗地</translation>
    </message>
    <message>
        <source>import of buildings</source>
        <translation>导入建筑</translation>
    </message>
    <message>
        <source>import of permits</source>
        <translation>导入许可</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>entered by hand</source>
        <translation>手工登记</translation>
    </message>
    <message>
        <source>taken off</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>disposal class decided</source>
        <translation>确定处置类别</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤销或重做</translation>
    </message>
    <message>
        <source>households merged</source>
        <translation>合户</translation>
    </message>
    <message>
        <source>household split</source>
        <translation>分户</translation>
    </message>
    <message>
        <source>buildings merged</source>
        <translation>合并建筑</translation>
    </message>
    <message>
        <source>building split</source>
        <translation>分割建筑</translation>
    </message>
    <message>
        <source>holder</source>
        <translation>户主</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>village</source>
        <translation>村</translation>
    </message>
    <message>
        <source>town</source>
        <translation>镇</translation>
    </message>
    <message>
        <source>household</source>
        <translation>所属户</translation>
    </message>
    <message>
        <source>parcel</source>
        <translation>所在宗地</translation>
    </message>
    <message>
        <source>building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>relation</source>
        <translation>与户主关系</translation>
    </message>
    <message>
        <source>telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>identity number</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>storeys</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>height (m)</source>
        <translation>高度（m）</translation>
    </message>
    <message>
        <source>built area (m²)</source>
        <translation>建筑面积（m²）</translation>
    </message>
    <message>
        <source>area on paper (m²)</source>
        <translation>证载面积（m²）</translation>
    </message>
    <message>
        <source>structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>built on</source>
        <translation>建成日期</translation>
    </message>
    <message>
        <source>use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>outline, area (m²)</source>
        <translation>轮廓，面积（m²）</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>issued on</source>
        <translation>发证日期</translation>
    </message>
    <message>
        <source>valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>permitted storeys</source>
        <translation>许可层数</translation>
    </message>
    <message>
        <source>permitted height (m)</source>
        <translation>许可高度（m）</translation>
    </message>
    <message>
        <source>permitted footprint (m²)</source>
        <translation>许可占地（m²）</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>规则集</translation>
    </message>
    <message>
        <source>decided on</source>
        <translation>确定日期</translation>
    </message>
    <message>
        <source>{field}: {before} → {after}</source>
        <translation>{field}：{before} → {after}</translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描件</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Piece of imagery</source>
        <translation>影像截图</translation>
    </message>
    <message>
        <source>Measurement</source>
        <translation>测量资料</translation>
    </message>
</context>
<context>
    <name>jobs</name>
    <message>
        <source>Waiting for its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Being cancelled; what it had begun is put back</source>
        <translation>正在取消，已做的部分会撤回</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled; nothing of it was kept</source>
        <translation>已取消，未保留任何结果</translation>
    </message>
</context>
<context>
    <name>review_actions</name>
    <message>
        <source>&amp;Next finding</source>
        <translation>下一图斑(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous finding</source>
        <translation>上一图斑(&amp;P)</translation>
    </message>
    <message>
        <source>Next finding to re&amp;view</source>
        <translation>下一个待复核图斑(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Confirm</source>
        <translation>确认(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Dismiss…</source>
        <translation>排除(&amp;D)…</translation>
    </message>
    <message>
        <source>Re&amp;open</source>
        <translation>退回待复核(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Edit outline</source>
        <translation>修改轮廓(&amp;E)</translation>
    </message>
    <message>
        <source>Enter as &amp;lead</source>
        <translation>登记线索(&amp;L)</translation>
    </message>
    <message>
        <source>Open c&amp;ase…</source>
        <translation>建立案件(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>{action} ({key})</source>
        <translation>{action}（{key}）</translation>
    </message>
</context>
</TS>
